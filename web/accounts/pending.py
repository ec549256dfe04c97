"""What waits for a code, kept in the visitor's own session (on the server)."""

from dataclasses import asdict, dataclass
from typing import Literal

from django.http import HttpRequest

from accounts.models import User
from accounts.services import PendingSignUp

KEY = "waits_for_code"
Step = Literal["sign_up", "second_step", "factor", "reset"]


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that a code will finish, and where to go afterwards."""

    step: Step
    target: str
    next_url: str = ""
    sign_up: dict[str, str] | None = None
    user_id: int | None = None
    user_hash: str = ""

    def the_sign_up(self) -> PendingSignUp:
        return PendingSignUp(**(self.sign_up or {}))

    def the_user(self) -> User | None:
        """The member of staff whose password was right; None when it has changed meanwhile."""
        user = User.objects.filter(pk=self.user_id or 0, is_active=True).first()
        if user is None or user.get_session_auth_hash() != self.user_hash:
            return None
        return user


def for_sign_up(sign_up: PendingSignUp, next_url: str) -> Pending:
    return Pending("sign_up", sign_up.login, next_url, sign_up=asdict(sign_up))


def for_second_step(user: User, target: str, next_url: str, *, step: Step) -> Pending:
    return Pending(
        step,
        target,
        next_url,
        user_id=user.pk,
        user_hash=user.get_session_auth_hash(),
    )


def keep(request: HttpRequest, pending: Pending) -> None:
    """Remember it in this session only; an older one is replaced."""
    request.session[KEY] = asdict(pending)


def find(request: HttpRequest) -> Pending | None:
    """What this session waits for, if anything."""
    kept = request.session.get(KEY)
    return Pending(**kept) if kept else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
