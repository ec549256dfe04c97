"""What messages hold about a person."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.own_data import Erasing, Kept, Part, Person
from notifications.models import Message
from orders.models import Order, Purchase

TABLES = frozenset({"notifications_message"})


def export(person: Person) -> Iterable[Part]:
    labels = {
        "created_at": _("When"),
        "way": _("Way"),
        "to": _("Sent to"),
        "subject": _("Subject"),
        "body": _("Text"),
        "state": _("State"),
    }
    rows = _to_me(person).order_by("id").values(*labels)
    yield Part("messages", _("Messages that we sent"), labels, list(rows))


def hindrances(person: Person) -> Iterable[str]:
    return ()


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    """Messages to the person go, and those about their orders, whoever got them."""
    mine = Purchase.objects.filter(buyer_id=erasing.person.user_id)
    orders = Order.objects.filter(purchase__in=mine).values_list("number", flat=True)
    about = [f"purchase {number}" for number in mine.values_list("number", flat=True)]
    about += [f"order {number}" for number in orders]
    about.append(f"user {erasing.person.user_id}")
    Message.objects.filter(about__in=about).delete()
    _to_me(erasing.person).delete()
    Message.objects.filter(to__in=erasing.person.past).delete()


def _to_me(person: Person) -> QuerySet[Message]:
    about_me = Q(about=f"user {person.user_id}")
    return Message.objects.filter(Q(to__in=person.contacts) | about_me)
