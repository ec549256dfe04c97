"""Forgetting a person: asked for, waiting some days, then done; the law keeps what it must."""

from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts import rules
from accounts.backends import find_by_login
from accounts.errors import ErasureBlocked
from accounts.models import ErasureRequest, ErasureState, User
from accounts.services import exporting
from accounts.services.exporting import person_of
from core import audit, clock, outbox, own_data
from core.errors import NotFound
from core.models import AuditPersonal


def hindrances(*, user: User) -> list[str]:
    """What must end first, one sentence each, in the language of now."""
    person = person_of(user)
    return [str(one) for app in own_data.apps() for one in app.hindrances(person)]


def kept(*, user: User) -> list[own_data.Kept]:
    """What the law would keep if the person were erased now."""
    person, today = person_of(user), clock.today()
    return [one for app in own_data.apps() for one in app.kept(person, today) if one.count]


def ask_erasure(*, user: User) -> ErasureRequest:
    """Ask to be forgotten; it happens after some days, unless taken back. Twice is safe.

    Raises ErasureBlocked while something is open. The caller has asked for the password just now.
    Audited; emits `erasure.asked`. Source: PDPL (Law 91/2025/QH15), the right to erasure.
    """
    reasons = hindrances(user=user)
    if reasons:
        raise ErasureBlocked(reasons)
    now = clock.now()
    try:
        with transaction.atomic():
            wish = ErasureRequest.objects.create(
                user=user, asked_at=now, due_at=now + timedelta(days=rules.ERASE_AFTER.value())
            )
            audit.record(actor=user, action="account.ask_erasure", subject=("user", str(user.pk)))
            outbox.emit("erasure.asked", key=f"user:{user.pk}", erasure_id=wish.pk)
            return wish
    except IntegrityError:
        return user.erasures.get(state=ErasureState.WAITING)


def undo_erasure(*, user: User) -> None:
    """Take the wish back while it waits. Raises NotFound when none waits. Audited."""
    with transaction.atomic():
        mine = ErasureRequest.objects.select_for_update().filter(user=user)
        wish = mine.filter(state=ErasureState.WAITING).first()
        if wish is None:
            raise NotFound()
        wish.state, wish.ended_at = ErasureState.UNDONE, clock.now()
        wish.save()
        audit.record(actor=user, action="account.undo_erasure", subject=("user", str(user.pk)))


def waiting_wish(*, user_id: int) -> ErasureRequest | None:
    """The wish that waits, if there is one."""
    mine = ErasureRequest.objects.filter(user_id=user_id, state=ErasureState.WAITING)
    return mine.first()


def erase_due() -> int:
    """Erase everybody whose days are over, and what the law kept until today; says how many.

    One transaction per person; a wish that something new stands against waits on. Safe in any
    number of workers and to run again.
    """
    now, today = clock.now(), clock.today()
    due = ErasureRequest.objects.filter(state=ErasureState.WAITING, due_at__lte=now)
    over = ErasureRequest.objects.filter(state=ErasureState.DONE, kept_until__lte=today)
    wishes = [*due.values_list("pk", flat=True), *over.values_list("pk", flat=True)]
    return sum(_erase(wish_id) for wish_id in wishes)


def _erase(wish_id: int) -> bool:
    with transaction.atomic():
        wish = (
            ErasureRequest.objects.select_for_update(skip_locked=True)
            .exclude(state=ErasureState.UNDONE)
            .filter(pk=wish_id)
            .first()
        )
        if wish is None:
            return False
        user = User.objects.select_for_update().get(pk=wish.user_id)
        with override(user.language):
            if user.erased_at is None and hindrances(user=user):
                return False
        person = replace(person_of(user), past=_past_contacts(user))
        work = own_data.Erasing(person, clock.today())
        _finish(wish, user, work)
    exporting.delete_keys(work.files)
    return True


def _past_contacts(user: User) -> tuple[str, ...]:
    """Phones and addresses that this account had once and that no other one has now."""
    told = AuditPersonal.objects.filter(
        entry__subject_kind="user",
        entry__subject_key=str(user.pk),
        entry__action__in=("account.change_phone", "account.change_email"),
    )
    once = {str(one.values.get("old", "")) for one in told} - {""}
    return tuple(sorted(one for one in once if find_by_login(one) is None))


def _finish(wish: ErasureRequest, user: User, work: own_data.Erasing) -> None:
    first = wish.state == ErasureState.WAITING
    for app in own_data.apps():
        app.erase(work)
    user.refresh_from_db()
    left = [one.until for one in kept(user=user)]
    wish.kept_until = min(left) if left else None
    if first:
        wish.state, wish.ended_at = ErasureState.DONE, clock.now()
        audit.record(actor=None, action="account.erased", subject=("user", str(user.pk)))
    wish.save()
