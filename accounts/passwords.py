"""Passwords that everybody here would guess first are refused (ASVS 6.1.2)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vietnam.text import fold

LOCAL_WORDS = ("binhphuoc", "dongnai", "hatdieu", "nongsan", "matkhau", "hotieu", "caosu")


class LocalWordsValidator:
    """Refuses a password that is a local word with nothing but digits around it."""

    def validate(self, password: str, user: object = None) -> None:
        plain = fold(password).replace(" ", "").strip("0123456789")
        if plain in LOCAL_WORDS:
            raise ValidationError(
                _("This password is easy to guess here. Please choose another one."),
                code="password_local_word",
            )

    def get_help_text(self) -> str:
        return _("Don't use the name of the province or of its goods.")
