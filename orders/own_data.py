"""What orders hold about a person, and how long the law keeps it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Review
from catalog.own_data import NOBODY
from core import clock, versions
from core.own_data import Erasing, Kept, Part, Person
from orders import rules
from orders.models import (
    Cart,
    CartLine,
    Complaint,
    ComplaintEntry,
    ComplaintPhoto,
    Order,
    OrderEvent,
    OrderLine,
    OrderMessage,
    Purchase,
)
from orders.states import COMPLAINT_ENDED, OrderState

TABLES = frozenset(
    {
        "orders_cart",
        "orders_purchase",
        "orders_orderevent",
        "orders_complaintentry",
        "orders_ordermessage",
        "orders_takenback",
    }
)
ENDED = (OrderState.CLOSED, OrderState.CANCELLED, OrderState.RETURNED)
WHEN, TEXT, ORDER = gettext_lazy("When"), gettext_lazy("Text"), gettext_lazy("Order number")
ORDERS = gettext_lazy("Orders, with the name, phone and address they went to")
ORDERS_LAW = gettext_lazy("Law on E-commerce 122/2025/QH15, articles 16 and 17")
INVOICES = gettext_lazy("What you told us for invoices of a company")
INVOICES_LAW = gettext_lazy("Law on Accounting 88/2015/QH13, article 41")


def export(person: Person) -> Iterable[Part]:
    yield _purchases(person)
    yield _lines(person)
    labels = {"order__number": ORDER, "at": WHEN, "to_state": gettext_lazy("State")}
    events = OrderEvent.objects.filter(order__in=_orders(person)).order_by("id")
    yield Part("order_events", gettext_lazy("What became of them"), labels, _rows(events, labels))
    yield from _words(person)
    labels = {
        "variant__product__name_vi": gettext_lazy("Goods"),
        "variant__name_vi": gettext_lazy("Pack"),
        "quantity": gettext_lazy("Quantity"),
        "added_at": WHEN,
    }
    lines = CartLine.objects.filter(cart__user_id=person.user_id).order_by("id")
    yield Part("cart", gettext_lazy("Cart"), labels, _rows(lines, labels))


def hindrances(person: Person) -> Iterable[str]:
    """Goods on their way and disputes need somebody whom one can reach."""
    running = _orders(person).exclude(state__in=(*ENDED, OrderState.DELIVERED))
    numbers = list(running.order_by("id").values_list("number", flat=True))
    if numbers:
        yield _(
            "Orders are still on their way: %(numbers)s. Wait until they have come, or cancel them."
        ) % {"numbers": ", ".join(numbers)}
    disputes = Complaint.objects.filter(order__in=_orders(person)).exclude(
        state__in=list(COMPLAINT_ENDED)
    )
    numbers = list(disputes.order_by("id").values_list("number", flat=True))
    if numbers:
        yield _("Complaints are still open: %(numbers)s. Wait for their end.") % {
            "numbers": ", ".join(numbers)
        }


def kept(person: Person, today: date) -> Iterable[Kept]:
    """Orders with the name, phone and address they went to; what stands on invoices longer."""
    orders = _purchases_of(person).exclude(phone="")
    yield from _still(orders, ORDERS, ORDERS_LAW, rules.KEEP_YEARS.value(), today)
    invoiced = _purchases_of(person).exclude(invoice_name="")
    years = rules.KEEP_INVOICE_YEARS.value()
    yield from _still(invoiced, INVOICES, INVOICES_LAW, years, today)


def _still(
    found: QuerySet[Purchase], what: object, law: object, years: int, today: date
) -> Iterable[Kept]:
    still = found.filter(placed_at__gte=_years_ago(today, years))
    oldest = still.order_by("placed_at").first()
    if oldest is not None:
        until = _in_years(clock.day(oldest.placed_at), years) + timedelta(days=1)
        yield Kept(what, law, years, until, still.count())


def erase(erasing: Erasing) -> None:
    """The cart, what the buyer wrote to vendors and the name beside reviews (a guest's too, whose
    order came to the account later) go at once; orders when their years are over."""
    person = erasing.person
    Cart.objects.filter(user_id=person.user_id).delete()
    mine = OrderMessage.objects.filter(order__in=_orders(person), author_kind="buyer")
    for message in mine.exclude(photo=None).select_related("photo"):
        stored, message.photo = message.photo, None
        message.save(update_fields=["photo"])
        if stored is not None:
            erasing.drop(stored)
    mine.update(text="")
    numbers = _orders(person).values_list("number", flat=True)
    said = Review.objects.filter(order_number__in=list(numbers)).exclude(author_name=NOBODY)
    if said.update(author_name=NOBODY):
        versions.bump_catalog()
    _erase_old(person, erasing)


def _erase_old(person: Person, erasing: Erasing) -> None:
    """What the law doesn't ask for any more."""
    all_of_them = _purchases_of(person)
    years = rules.KEEP_INVOICE_YEARS.value()
    all_of_them.filter(placed_at__lt=_years_ago(erasing.today, years)).update(
        invoice_tax_code="", invoice_name="", invoice_address="", invoice_email=""
    )
    years = rules.KEEP_YEARS.value()
    over = all_of_them.filter(placed_at__lt=_years_ago(erasing.today, years))
    old = Q(order__purchase__in=list(over.values_list("pk", flat=True)))
    OrderEvent.objects.filter(old).update(note="")
    Order.objects.filter(purchase__in=over).update(note="")
    entries = ComplaintEntry.objects.filter(complaint__order__purchase__in=over, actor_kind="buyer")
    for photo in ComplaintPhoto.objects.filter(entry__in=entries).select_related("file"):
        photo.delete()
        erasing.drop(photo.file)
    entries.update(text="")
    over.update(name="", phone="", email="", street="", note="")


def _purchases_of(person: Person) -> QuerySet[Purchase]:
    return Purchase.objects.filter(buyer_id=person.user_id)


def _orders(person: Person) -> QuerySet[Order]:
    return Order.objects.for_buyer(person.user_id)


def _years_ago(today: date, years: int) -> datetime:
    """What was placed from this moment on is still kept."""
    day = _in_years(today, -years)
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _in_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _purchases(person: Person) -> Part:
    labels = {
        "number": ORDER,
        "placed_at": WHEN,
        "name": gettext_lazy("Name"),
        "phone": gettext_lazy("Phone"),
        "email": gettext_lazy("E-mail"),
        "street": gettext_lazy("Street"),
        "ward_code": gettext_lazy("Code of the ward"),
        "note": gettext_lazy("Note"),
        "invoice_name": gettext_lazy("Company on the invoice"),
        "invoice_tax_code": gettext_lazy("Tax code"),
        "invoice_address": gettext_lazy("Address of the company"),
        "invoice_email": gettext_lazy("E-mail for invoices"),
        "total_vnd": gettext_lazy("Total in đồng"),
    }
    mine = _purchases_of(person).order_by("id")
    return Part("purchases", gettext_lazy("Purchases"), labels, _rows(mine, labels))


def _lines(person: Person) -> Part:
    labels = {
        "order__number": ORDER,
        "order__vendor_name": gettext_lazy("Vendor"),
        "order__state": gettext_lazy("State"),
        "order__note": gettext_lazy("Note"),
        "name": gettext_lazy("Goods"),
        "variant_name": gettext_lazy("Pack"),
        "quantity": gettext_lazy("Quantity"),
        "unit_price_vnd": gettext_lazy("Price in đồng"),
        "total_vnd": gettext_lazy("Total in đồng"),
    }
    lines = OrderLine.objects.filter(order__in=_orders(person)).order_by("id")
    return Part("order_lines", gettext_lazy("Goods bought"), labels, _rows(lines, labels))


def _words(person: Person) -> Iterable[Part]:
    labels = {
        "order__number": ORDER,
        "at": WHEN,
        "author_kind": gettext_lazy("From"),
        "text": TEXT,
    }
    messages = OrderMessage.objects.filter(order__in=_orders(person)).order_by("id")
    photos = messages.exclude(photo=None).values_list("photo__key", flat=True)
    yield Part(
        "order_messages",
        gettext_lazy("Messages with vendors"),
        labels,
        _rows(messages, labels),
        list(photos),
    )
    labels = {
        "complaint__number": gettext_lazy("Complaint"),
        "complaint__order__number": ORDER,
        "at": WHEN,
        "actor_kind": gettext_lazy("From"),
        "action": gettext_lazy("What"),
        "text": TEXT,
    }
    entries = ComplaintEntry.objects.filter(complaint__order__in=_orders(person)).order_by("id")
    kept_photos = ComplaintPhoto.objects.filter(entry__in=entries)
    yield Part(
        "complaints",
        gettext_lazy("Complaints"),
        labels,
        _rows(entries, labels),
        list(kept_photos.values_list("file__key", flat=True)),
    )


def _rows(found: QuerySet[Any], labels: Mapping[str, object]) -> list[dict[str, object]]:
    return list(found.values(*labels))
