"""The text of messages: one file per message, way and language; codes are filled in last."""

from collections.abc import Mapping

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import override

from accounts.models import OneTimeCode
from accounts.services import code_text
from notifications.models import Message

# Stands in the stored body where the digits go: neither a dump nor a backup holds a code.
CODE_MARK = "••••••"
_CODE = "code "


def render(
    *, template: str, way: str, language: str, context: Mapping[str, object]
) -> tuple[str, str]:
    """Subject and body. A text message has its own short file where there is one."""
    with override(language):
        if way != "mail":
            try:
                short = get_template(f"mail/{template}.sms.{language}.txt")
            except TemplateDoesNotExist:
                pass
            else:
                return "", short.render(dict(context)).strip()
        full = get_template(f"mail/{template}.{language}.txt").render(dict(context))
    subject, _line, body = full.strip().partition("\n")
    return subject.strip()[:200], body.strip()


def readable_body(message: Message) -> str:
    """The body with its one-time code filled in: only for sending, and for the demo's mailbox."""
    if not message.about.startswith(_CODE):
        return message.body
    code = OneTimeCode.objects.filter(pk=int(message.about.removeprefix(_CODE))).first()
    return message.body.replace(CODE_MARK, code_text(code)) if code else message.body


def about_code(code: OneTimeCode) -> str:
    """How a message points at its code."""
    return f"{_CODE}{code.pk}"
