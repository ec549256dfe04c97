"""Tell somebody once, and send what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from core import cases, clock, wake
from core.errors import ProviderError
from notifications.gateways import GATEWAYS
from notifications.gateways.letter import Letter
from notifications.models import Message, MessageState
from notifications.services.bodies import readable_body, render
from vietnam.phone import is_mobile

MOST_TRIES = 8
ZALO_TRIES = 2  # then a text message: the news is worth more than the saving
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Target:
    """One way to one person."""

    way: str  # mail | sms | zalo
    to: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is told: the message's file, its words, where it leads and what it is about."""

    template: str
    context: Mapping[str, object]
    link: str = ""
    about: str = ""


def ways_to(*, phone: str = "", email: str = "") -> list[Target]:
    """Mail, and Zalo (where it is configured) or a text message, as far as there is an address.

    One-time codes don't come this way: they are only ever sent by mail or SMS.
    """
    found = [Target("mail", email)] if email else []
    if phone and is_mobile(phone):
        found.append(Target("zalo" if settings.ZALO_NOTICES else "sms", phone))
    return found


def tell(*, targets: Sequence[Target], note: Note, dedupe_key: str, language: str) -> None:
    """Write one message per target; the worker sends them.

    Telling twice is impossible: `dedupe_key` and the target are unique together, so a repeated
    call changes nothing, also when Zalo was switched on or off meanwhile.
    """
    language = "en" if language == "en" else "vi"
    drafts = []
    for target in dict.fromkeys(targets):
        context = {**note.context, "link": note.link, "language": language}
        subject, body = render(
            template=note.template, way=target.way, language=language, context=context
        )
        by = "mail" if target.way == "mail" else "sms"
        drafts.append(
            Message(
                way=target.way,
                to=target.to,
                template=note.template,
                language=language,
                subject=subject,
                body=body,
                link=note.link,
                about=note.about,
                dedupe_key=f"{dedupe_key}:{by}:{target.to}"[:160],
            )
        )
    with transaction.atomic():
        Message.objects.bulk_create(drafts, ignore_conflicts=True)
        wake.after_commit("notifications.tasks.send_waiting")


def send_due(*, at_most: int = 200) -> int:
    """Send what waits and is due, oldest first; safe to run in any number of workers at once.

    Locks one message at a time and skips those in other hands. An outage waits with doubled pauses;
    a refusal or the eighth failure ends the message and opens a Case; what Zalo refuses, or can't
    take twice, goes out as a text message instead. Returns how many were tried.
    """
    for count in range(at_most):
        with transaction.atomic():
            message = _next_due()
            if message is None:
                return count
            _send(message)
    return at_most


def retry_failed(*, message_id: int) -> Message:
    """Put a failed message back among those that wait (after the cause was mended)."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state == MessageState.FAILED:
            message.state = MessageState.WAITING
            message.attempts, message.next_try_at, message.error = 0, None, ""
            message.save()
            wake.after_commit("notifications.tasks.send_waiting")
        return message


def _next_due() -> Message | None:
    return (
        Message.objects.select_for_update(skip_locked=True)
        .filter(Q(next_try_at=None) | Q(next_try_at__lte=clock.now()), state=MessageState.WAITING)
        .order_by("id")
        .first()
    )


def _send(message: Message) -> None:
    message.attempts += 1
    letter = Letter(
        to=message.to,
        subject=message.subject,
        body=readable_body(message),
        key=f"message-{message.pk}",
    )
    try:
        GATEWAYS[message.way](letter)
    except ProviderError as error:
        _note_failure(message, error)
    else:
        message.state, message.sent_at = MessageState.SENT, clock.now()
        message.error, message.next_try_at = "", None
    message.save()


def _note_failure(message: Message, error: ProviderError) -> None:
    message.error = error.code
    most = ZALO_TRIES if message.way == "zalo" else MOST_TRIES
    if error.retryable and message.attempts < most:
        pause = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
        message.next_try_at = clock.now() + pause
        return
    message.state = MessageState.FAILED
    if message.way == "zalo":
        _send_by_sms(message)
        return
    cases.open_case(
        kind="message_failed",
        subject=("message", str(message.pk)),
        title=f"{message.way}: {message.template}",
        detail={"error": error.code, "about": message.about},
        dedupe_key=f"message-failed:{message.pk}",
    )


def _send_by_sms(message: Message) -> None:
    """The same words as a text message of its own, once, however often Zalo is tried again."""
    Message.objects.get_or_create(
        dedupe_key=f"message-{message.pk}:sms",
        defaults={
            "way": "sms",
            "to": message.to,
            "template": message.template,
            "language": message.language,
            "body": message.body,
            "link": message.link,
            "about": message.about,
        },
    )
