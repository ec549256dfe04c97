"""Messages about questions on goods, and about packs that are back."""

from typing import Any

from accounts.contacts import contact_of
from accounts.models import User
from catalog.models import Question, StockWatch
from notifications.links import link
from notifications.services.telling import Note, Target, tell, ways_to
from notifications.services.vendors import targets_of


def on_question_asked(key: str, payload: dict[str, Any]) -> None:
    """`question.asked`: the vendor is asked to answer. Twice is safe."""
    question = _find(payload)
    if question is None or question.answered_at is not None:
        return
    vendor = question.product.vendor
    tell(
        targets=targets_of(vendor),
        note=Note(
            "question_asked",
            {"question": question, "product": question.product, "vendor": vendor},
            link=link("desk_question", vendor.language, pk=question.pk),
            about=f"question {question.pk}",
        ),
        dedupe_key=f"{key}:asked",
        language=vendor.language,
    )


def on_question_answered(key: str, payload: dict[str, Any]) -> None:
    """`question.answered`: whoever asked may read the answer. Twice is safe."""
    _tell_author("question_answered", key, payload)


def on_question_removed(key: str, payload: dict[str, Any]) -> None:
    """`question.removed`: whoever asked, and the vendor whose answer went too, read why."""
    _tell_author("question_removed", key, payload)
    question = _find(payload)
    if question is None or not question.answer:
        return
    vendor = question.product.vendor
    tell(
        targets=targets_of(vendor),
        note=Note(
            "question_removed",
            {"question": question, "product": question.product},
            link=link("desk_question", vendor.language, pk=question.pk),
            about=f"question {question.pk}",
        ),
        dedupe_key=f"{key}:removed:vendor",
        language=vendor.language,
    )


def on_stock_back(key: str, payload: dict[str, Any]) -> None:
    """`stock.back`: a pack can be bought again; told once, to one address. Twice is safe."""
    watch = (
        StockWatch.objects.select_related("variant__product__vendor", "user")
        .filter(pk=payload["watch_id"])
        .first()
    )
    if watch is None:
        return
    product = watch.variant.product
    tell(
        targets=_targets_of(watch),
        note=Note(
            "stock_back",
            {
                "product": product,
                "variant": watch.variant,
                "stop": link("stop_watch", watch.language, token=watch.token),
            },
            link=link("product", watch.language, slug=product.slug, pk=product.pk),
            about=f"product {product.pk}",
        ),
        dedupe_key=f"{key}:back",
        language=watch.language,
    )


def _tell_author(template: str, key: str, payload: dict[str, Any]) -> None:
    question = _find(payload)
    if question is None:
        return
    tell(
        targets=_one_way_to(question.author),
        note=Note(
            template,
            {"question": question, "product": question.product},
            link=link("my_questions", question.language),
            about=f"question {question.pk}",
        ),
        dedupe_key=f"{key}:{template}",
        language=question.language,
    )


def _targets_of(watch: StockWatch) -> list[Target]:
    if watch.user is not None:
        return _one_way_to(watch.user)
    way = "mail" if contact_of(watch.contact).way == "email" else "sms"
    return [Target(way, watch.contact)]


def _one_way_to(user: User) -> list[Target]:
    """Mail where there is an address, else a text message: nobody needs it twice."""
    return ways_to(phone=user.phone or "", email=user.email or "")[:1]


def _find(payload: dict[str, Any]) -> Question | None:
    found = Question.objects.select_related("product__vendor", "author")
    return found.filter(pk=payload["question_id"]).first()
