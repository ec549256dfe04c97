"""Giving and withdrawing consent: the newest answer counts, all of them are kept."""

from dataclasses import dataclass

from django.db import transaction

from accounts.consents import PURPOSES, Purpose
from accounts.models import Consent, User
from core import clock
from core.errors import NotFound

_BY_CODE = {purpose.code: purpose for purpose in PURPOSES}


@dataclass(frozen=True, slots=True)
class Standing:
    """One purpose with a person's newest answer and all earlier ones, newest first."""

    purpose: Purpose
    answers: tuple[Consent, ...]

    @property
    def is_given(self) -> bool:
        return bool(self.answers) and self.answers[0].is_given


def answer_consent(*, user: User, purpose: str, is_given: bool, language: str) -> Consent | None:
    """Write down an answer with its time and the version of the text; withdrawing is as easy.

    The same answer again writes nothing. Raises NotFound for an unknown purpose. Locks the person's
    row. Source: PDPL (Law 91/2025/QH15), consent by purpose.
    """
    about = _BY_CODE.get(purpose)
    if about is None:
        raise NotFound()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        newest = _newest(user.pk, purpose)
        if newest.is_given == is_given if newest else not is_given:
            return newest
        return Consent.objects.create(
            user=user,
            purpose=purpose,
            is_given=is_given,
            version=about.present.version,
            language=language,
            at=clock.now(),
        )


def standings(*, user_id: int) -> list[Standing]:
    """Every purpose with this person's answers."""
    answers = list(Consent.objects.filter(user_id=user_id).order_by("-id"))
    return [
        Standing(purpose, tuple(one for one in answers if one.purpose == purpose.code))
        for purpose in PURPOSES
    ]


def allows(*, user_id: int, purpose: str) -> bool:
    """Whether a person agrees now: to be asked before each message that isn't about an order."""
    newest = _newest(user_id, purpose)
    return newest is not None and newest.is_given


def _newest(user_id: int, purpose: str) -> Consent | None:
    mine = Consent.objects.filter(user_id=user_id, purpose=purpose)
    return mine.order_by("-id").first()
