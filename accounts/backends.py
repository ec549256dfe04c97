"""Sign-in by phone or e-mail, whichever the person typed."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest  # noqa: TID251 the signature that Django calls

from accounts.models import User
from vietnam.phone import InvalidPhone, parse_phone


class PhoneOrEmailBackend(ModelBackend):
    """Checks the password in constant time whether or not the account exists."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        login: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> User | None:
        if login is None or password is None:
            return None
        user = find_by_login(login)
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None


def find_by_login(login: str) -> User | None:
    """The account of this phone or e-mail, or None."""
    text = login.strip()
    wanted = Q(email=text.lower()) if "@" in text else Q(phone=_phone(text))
    return User.objects.filter(wanted).first()


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except InvalidPhone:
        return "-"
