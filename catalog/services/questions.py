"""Questions about goods: asked by signed-in people, answered by the vendor, removed with a reason.

A question is public when the vendor has answered it, or when the dated time for an answer is over
(see `docs/adr/0007-questions-are-public-with-their-answer.md`).
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import BadMove
from catalog.models import Product, Question
from catalog.rules import ANSWER_WITHIN, QUESTIONS_PER_DAY
from catalog.services.indexing import index_product
from catalog.services.listing import checked_reason
from catalog.services.moderation import check_may_decide
from core import audit, clock, limits, outbox
from core.errors import InvalidInput, NotAllowed, NotFound
from vietnam.contacts import holds_contact
from vietnam.text import nfc

SHORTEST, LONGEST, LONGEST_ANSWER = 8, 500, 2000
SECONDS_PER_DAY = 24 * 3600


def ask_question(*, product_id: int, text: str, author: User) -> Question:
    """A question of a signed-in person about a public product; it waits for the vendor.

    The same words again, while they wait, are the same question. Emits `question.asked`. Raises
    NotFound, NotAllowed for the vendor's own people, InvalidInput (too short or long, a phone
    number, mail address or link in it), TooMany above the dated number per day.
    """
    words = _checked(text, longest=LONGEST, field="text")
    product = Product.objects.public().filter(pk=product_id).first()
    if product is None:
        raise NotFound()
    if product.vendor.members.filter(user=author, removed_at=None).exists():
        raise NotAllowed("own_goods", _("These are your own goods: you answer what others ask."))
    same = Question.objects.waiting().filter(product=product, author=author, text=words).first()
    if same is not None:
        return same
    limits.check(
        "question", author.pk, limit=QUESTIONS_PER_DAY.value(), per_seconds=SECONDS_PER_DAY
    )
    now = clock.now()
    with transaction.atomic():
        question = Question.objects.create(
            product=product,
            author=author,
            author_name=given_name(author.full_name),
            language="en" if get_language() == "en" else "vi",
            text=words,
            asked_at=now,
            public_from=now + ANSWER_WITHIN.span(),
        )
        _tell("question.asked", question)
        return question


def answer_question(*, question: Question, text: str, actor: User) -> Question:
    """The vendor's public answer; a second one replaces the first. Locks the question.

    The question is public from now on; emits `question.answered` the first time; audited. Raises
    InvalidInput as asking does, BadMove when staff removed it. Whose question it is, the caller has
    checked (`for_vendor`).
    """
    words = _checked(text, longest=LONGEST_ANSWER, field="text", shortest=2)
    with transaction.atomic():
        locked = _locked(question.pk)
        if locked.removed_at is not None:
            raise BadMove()
        before, is_first = locked.answer, locked.answered_at is None
        now = clock.now()
        locked.answer, locked.answered_by = words, actor
        locked.answered_at = locked.answered_at or now
        locked.public_from = min(locked.public_from, now)
        locked.save()
        audit.record(
            actor=actor,
            action="question.answer",
            subject=("question", str(locked.pk)),
            change=({"answer": before}, {"answer": words}),
        )
        if is_first:
            _tell("question.answered", locked)
        index_product(locked.product_id)
        return locked


def remove_question(*, question: Question, reason: str, actor: User) -> Question:
    """Staff take question and answer down; the reason stands in their place. Twice is a no-op.

    Locks the question; audited; emits `question.removed`. Raises NotAllowed, InvalidInput without
    a reason.
    """
    with transaction.atomic():
        locked = _locked(question.pk)
        check_may_decide(locked.product.vendor, actor)
        why = checked_reason(reason, field="reason")
        if locked.removed_at is not None:
            return locked
        locked.removed_reason, locked.removed_at = why, clock.now()
        locked.save()
        audit.record(
            actor=actor,
            action="question.remove",
            subject=("question", str(locked.pk)),
            reason=why,
            change=({"text": locked.text, "answer": locked.answer}, {}),
        )
        _tell("question.removed", locked)
        index_product(locked.product_id)
        return locked


def show_unanswered(*, within_minutes: int = 120) -> int:
    """Write the pages again of questions that became public unanswered; how many. Twice is safe.

    A run that comes later than `within_minutes` after the moment leaves them to the next change of
    the catalogue, which renders every page anew.
    """
    now = clock.now()
    since = now - timedelta(minutes=within_minutes)
    due = Question.objects.waiting().filter(public_from__lte=now, public_from__gt=since)
    products = sorted(set(due.values_list("product_id", flat=True)))
    for product_id in products:
        index_product(product_id)
    return len(products)


def given_name(full_name: str) -> str:
    """What others see of a name: the given name, which stands last in Vietnamese."""
    return full_name.split()[-1][:80] if full_name.split() else "?"


def _checked(text: str, *, longest: int, field: str, shortest: int = SHORTEST) -> str:
    words = nfc(text).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) < shortest:
        sentence = _("Write it in a sentence, so that the other side can answer.")
        raise InvalidInput("too_short", sentence, field=field)
    if len(words) > longest:
        raise InvalidInput(
            "too_long",
            _("Shorten this to %(limit)s characters; it has %(length)s now."),
            field=field,
            limit=longest,
            length=len(words),
        )
    if holds_contact(words):
        raise InvalidInput(
            "contact",
            _("This stands in public: take out phone numbers, mail addresses and links."),
            field=field,
        )
    return words


def _locked(pk: int) -> Question:
    found = Question.objects.select_for_update(of=("self",)).select_related("product__vendor")
    question = found.filter(pk=pk).first()
    if question is None:
        raise NotFound()
    return question


def _tell(topic: str, question: Question) -> None:
    outbox.emit(
        topic,
        key=f"question:{question.pk}",
        question_id=question.pk,
        product_id=question.product_id,
        vendor_id=question.product.vendor_id,
    )
