"""Makers of the complaint tests: delivered orders, photos, drafts, who acts. Holds no test."""

from io import BytesIO
from uuid import uuid4

from django.db import transaction
from PIL import Image

from accounts.models import User
from core import clock
from core.files import Upload
from orders.models import Complaint, Order
from orders.services.complaints.offers import Offer
from orders.services.complaints.opening import Draft, open_complaint
from orders.services.fulfil import confirm_order, hand_over
from orders.services.moves import SYSTEM, By, move_order
from orders.services.people import Guest
from orders.states import OrderState
from tests.making import make_purchase, make_user, make_variant
from vendors.models import Vendor

CHI = Guest("BP222222222")


def make_delivered(vendor: Vendor, *, quantity: int = 3, price_vnd: int = 100_000) -> Order:
    """An order of one pack, delivered a moment ago: goods and 22,000 đ for the way, paid."""
    variant = make_variant(vendor, on_hand=10, price_vnd=price_vnd)
    order = make_purchase({variant: quantity}).orders.get()
    return deliver(order)


def deliver(order: Order) -> Order:
    """Confirm, hand over and deliver this order."""
    by = By("vendor", 1)
    confirm_order(order=order, by=by)
    order = hand_over(order=order, by=by)
    with transaction.atomic():
        order.delivered_at = order.close_after = clock.now()
        move_order(order, OrderState.DELIVERED, by=SYSTEM)
    return order


def member_of(vendor: Vendor) -> User:
    return User.objects.get(memberships__vendor=vendor)


def make_staff() -> User:
    return make_user(is_staff=True)


def photo(colour: str = "green", name: str = "anh.jpg") -> Upload:
    """A real photo that says where it was taken."""
    data = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "nhà tôi"
    Image.new("RGB", (1600, 1200), colour).save(data, "JPEG", exif=exif)
    return Upload(name, data.getvalue())


def draft(order: Order, **changes: object) -> Draft:
    """Two units of the first line came wrong; the buyer wants the money back."""
    line = order.lines.get()
    fields: dict[str, object] = {
        "key": uuid4(),
        "kind": "wrong",
        "wish": "refund",
        "text": "Hai gói bị rách, hạt ẩm mốc.",
        "units": {line.pk: 2},
    }
    return Draft(**(fields | changes))  # type: ignore[arg-type]


def complain(order: Order, **changes: object) -> Complaint:
    return open_complaint(order=order, draft=draft(order, **changes), actor=CHI)


def refund(amount_vnd: int = 200_000, *, with_return: bool = False, text: str = "Xin lỗi") -> Offer:
    return Offer("refund", text, amount_vnd, with_return)


REPLACE = Offer("replace", "Gửi lại gói mới")
REFUSE = Offer("refuse", "Hàng đúng như ảnh, bao bì nguyên vẹn")
