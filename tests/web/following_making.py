"""Devices that proved an order, delivered orders and photos for the tests of following. No test."""

from uuid import uuid4

from django.http import HttpResponse
from django.test import Client, RequestFactory

from catalog.models import Product, Review
from core import clock, files
from orders.models import Complaint, Order
from tests.making import make_rates, make_user, make_vendor
from tests.orders.complaining import make_delivered
from tests.web.sellers_making import jpeg
from vendors.models import Vendor
from vietnam.number import make_number
from web.buyers import grants


def make_shop_of_an() -> Vendor:
    """An's shop, delivered from with fees everywhere."""
    make_rates()
    return make_vendor(owner=make_user(), name="HTX An", slug="htx-an")


def make_delivered_order() -> Order:
    """Three packs of An's, in Chi's hands since a moment."""
    return make_delivered(make_shop_of_an())


def device_of(order: Order) -> Client:
    """A guest's device that proved this order's purchase with a code."""
    assert order.purchase is not None
    client, response = Client(), HttpResponse()
    grants.grant(RequestFactory().get("/"), response, order.purchase.number)
    client.cookies[grants.COOKIE] = response.cookies[grants.COOKIE].value
    return client


def make_complaint(order: Order, *, text: str = "Hỏng") -> Complaint:
    """An open complaint about any order, with a photo."""
    now = clock.now()
    complaint = Complaint.objects.create(
        number=make_number(), key=uuid4(), order=order, kind="wrong", wish="refund", opened_at=now
    )
    entry = complaint.entries.create(
        at=now, actor_kind="buyer", action="open", to_state="opened", text=text
    )
    photo = files.keep(jpeg().read(), kind="image/webp", name="a", folder="photo")
    entry.photos.create(file=photo)
    return complaint


def make_review(product: Product, order: Order) -> Review:
    """Four stars for the goods of this order."""
    return Review.objects.create(
        product=product,
        order_number=order.number,
        author_name="Chi T.",
        rating=4,
        created_at=clock.now(),
    )


def complaint_form(**changes: object) -> dict[str, object]:
    """Two of the first goods came wrong; money back."""
    typed: dict[str, object] = {
        "key": str(uuid4()),
        "kind": "wrong",
        "wish": "refund",
        "u1": "2",
        "text": "Hai gói bị rách, hạt ẩm.",
    }
    return typed | changes
