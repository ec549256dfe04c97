"""Messages about accounts and one-time codes."""

from typing import Any

from accounts.contacts import contact_of
from accounts.models import OneTimeCode, User
from notifications.links import link
from notifications.services.bodies import CODE_MARK, about_code
from notifications.services.telling import Note, Target, tell


def on_code_issued(key: str, payload: dict[str, Any]) -> None:
    """`code.issued`: send the code to its phone or e-mail. Twice is safe."""
    code = OneTimeCode.objects.filter(pk=payload["code_id"]).first()
    if code is None:
        return
    way = "mail" if contact_of(code.target).way == "email" else "sms"
    tell(
        targets=[Target(way, code.target)],
        note=Note(
            "code",
            {"code": CODE_MARK, "purpose": code.purpose, "subject": code.subject},
            about=about_code(code),
        ),
        dedupe_key=key,
        language=payload.get("language", "vi"),
    )


def on_account_exists(key: str, payload: dict[str, Any]) -> None:
    """`account.exists`: somebody tried to sign up with a phone or e-mail that has an account."""
    user = User.objects.filter(pk=payload["user_id"]).first()
    code = OneTimeCode.objects.filter(pk=payload["code_id"]).first()
    if user is None or code is None:
        return
    language = payload.get("language", user.language)
    way = "mail" if contact_of(code.target).way == "email" else "sms"
    tell(
        targets=[Target(way, code.target)],
        note=Note(
            "account_exists",
            {"sign_in": link("sign_in", language), "forgot": link("forgot", language)},
            link=link("sign_in", language),
            about=f"user {user.pk}",
        ),
        dedupe_key=f"account-exists:{code.pk}",
        language=language,
    )
