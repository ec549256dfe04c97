"""What the catalogue holds about a person: reviews, questions, wishes, follows, watches."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Question, Review, StockWatch, VendorFollow, Wish
from core import versions
from core.own_data import Erasing, Kept, Part, Person

TABLES = frozenset(
    {
        "catalog_question",
        "catalog_review",
        "catalog_revision",
        "catalog_productdecision",
        "catalog_stockmovement",
        "catalog_stockwatch",
        "catalog_vendorfollow",
        "catalog_wish",
    }
)
NOBODY = "Người mua"  # what stands above words whose author is erased
WHEN, TEXT, GOODS = _("When"), _("Text"), _("Goods")


def export(person: Person) -> Iterable[Part]:
    labels = {
        "product__name_vi": GOODS,
        "author_name": _("Name as shown"),
        "rating": _("Stars"),
        "text": TEXT,
        "created_at": WHEN,
    }
    mine: QuerySet[Any] = Review.objects.filter(author_id=person.user_id)
    yield _part("reviews", _("Reviews"), labels, mine)
    labels = {
        "product__name_vi": GOODS,
        "author_name": _("Name as shown"),
        "text": TEXT,
        "answer": _("Answer"),
        "asked_at": WHEN,
    }
    mine = Question.objects.filter(author_id=person.user_id)
    yield _part("questions", _("Questions"), labels, mine)
    labels = {"product__name_vi": GOODS, "added_at": WHEN}
    yield _part("wishes", _("Wish list"), labels, Wish.objects.filter(user_id=person.user_id))
    labels = {"vendor__name": _("Vendor"), "since": WHEN}
    mine = VendorFollow.objects.filter(user_id=person.user_id)
    yield _part("follows", _("Vendors I follow"), labels, mine)
    labels = {"variant__product__name_vi": GOODS, "asked_at": WHEN, "told_at": _("Told")}
    yield _part("stock_watches", _("Goods I wait for"), labels, _watches(person))


def hindrances(person: Person) -> Iterable[str]:
    return ()


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    """Lists go; what was said in public stays, as the law asks, without a name."""
    person = erasing.person
    Wish.objects.filter(user_id=person.user_id).delete()
    VendorFollow.objects.filter(user_id=person.user_id).delete()
    _watches(person).delete()
    said = Review.objects.filter(author_id=person.user_id).update(
        author_name=NOBODY, author_id=None
    )
    said += Question.objects.filter(author_id=person.user_id).update(author_name=NOBODY)
    if said:
        versions.bump_catalog()


def _watches(person: Person) -> QuerySet[StockWatch]:
    mine = Q(user_id=person.user_id) | Q(contact__in=person.contacts)
    return StockWatch.objects.filter(mine)


def _part(key: str, title: object, labels: Mapping[str, object], found: QuerySet[Any]) -> Part:
    return Part(key, title, labels, list(found.order_by("id").values(*labels)))
