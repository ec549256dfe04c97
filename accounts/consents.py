"""What people may agree to, each by itself, and the words that they were shown.

A text is never changed: a new one gets a new version in front, and older answers keep pointing at
the words they were given to (PDPL, Law 91/2025/QH15: consent is specific, and separate by purpose).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one version."""

    version: str
    words: object


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing to agree to; the first text is the present one."""

    code: str
    title: object
    texts: tuple[Text, ...]

    @property
    def present(self) -> Text:
        return self.texts[0]


MARKETING_MAIL = Purpose(
    "marketing_mail",
    _("News and offers by e-mail"),
    (
        Text(
            "2026-11",
            _(
                "The market may send me news about goods, seasons and offers by e-mail, at most "
                "once a week. It uses my e-mail address and my name for this, and gives them to "
                "nobody else. I can take this back at any time; my orders aren't touched by it."
            ),
        ),
    ),
)
MARKETING_SMS = Purpose(
    "marketing_sms",
    _("News and offers by SMS or Zalo"),
    (
        Text(
            "2026-11",
            _(
                "The market may send me news about goods, seasons and offers by SMS or Zalo, at "
                "most twice a month. It uses my phone number and my name for this, and gives them "
                "to nobody else. I can take this back at any time; my orders aren't touched by it."
            ),
        ),
    ),
)
PURPOSES = (MARKETING_MAIL, MARKETING_SMS)
