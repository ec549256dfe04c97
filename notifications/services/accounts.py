"""Messages about accounts and one-time codes."""

from typing import Any

from accounts.contacts import contact_of
from accounts.models import DataExport, ErasureRequest, ErasureState, ExportState, OneTimeCode, User
from core.models import AuditPersonal
from notifications.links import link
from notifications.services.bodies import CODE_MARK, about_code
from notifications.services.telling import Note, Target, tell, ways_to


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


def on_account_changed(key: str, payload: dict[str, Any]) -> None:
    """`account.changed`: tell the owner, and the contact that was replaced, what was changed.

    Twice is safe: each change has a mark of its own.
    """
    user = User.objects.filter(pk=payload["user_id"]).first()
    if user is None:
        return
    targets = [*_ways_of(user), *_replaced(payload.get("entry_id"))]
    tell(
        targets=targets,
        note=Note(
            "account_changed",
            {"change": payload["change"]},
            link=link("security", user.language),
            about=f"user {user.pk}",
        ),
        dedupe_key=f"account-changed:{payload['nonce']}",
        language=user.language,
    )


def on_export_ready(key: str, payload: dict[str, Any]) -> None:
    """`export.ready`: say where the file with one's own data is. Twice is safe."""
    export = DataExport.objects.filter(pk=payload["export_id"]).select_related("user").first()
    if export is None or export.state != ExportState.READY:
        return
    tell(
        targets=_ways_of(export.user),
        note=Note(
            "export_ready",
            {"until": export.expires_at},
            link=link("my_data", export.user.language),
            about=f"user {export.user_id}",
        ),
        dedupe_key=f"export-ready:{export.pk}",
        language=export.user.language,
    )


def on_erasure_asked(key: str, payload: dict[str, Any]) -> None:
    """`erasure.asked`: say when the account will be deleted, and how to stop it. Twice is safe."""
    wish = ErasureRequest.objects.filter(pk=payload["erasure_id"]).select_related("user").first()
    if wish is None or wish.state != ErasureState.WAITING:
        return
    tell(
        targets=_ways_of(wish.user),
        note=Note(
            "erasure_asked",
            {"due": wish.due_at},
            link=link("my_data", wish.user.language),
            about=f"user {wish.user_id}",
        ),
        dedupe_key=f"erasure-asked:{wish.pk}",
        language=wish.user.language,
    )


def _ways_of(user: User) -> list[Target]:
    return ways_to(phone=user.phone or "", email=user.email or "")


def _replaced(entry_id: int | None) -> list[Target]:
    kept = AuditPersonal.objects.filter(entry_id=entry_id).first() if entry_id else None
    old = str(kept.values.get("old", "")) if kept else ""
    if not old:
        return []
    return [Target("mail" if contact_of(old).way == "email" else "sms", old)]
