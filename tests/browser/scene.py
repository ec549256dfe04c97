"""What the market holds before a walk begins: kinds of goods, fees, staff, one other vendor."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from accounts.models import User
from catalog.models import Category, ProductPicture, Variant
from catalog.services.indexing import index_product
from core import pictures
from tests.making import (
    make_category,
    make_product,
    make_rates,
    make_user,
    make_variant,
    make_vendor,
)
from vendors.models import Paper, PaperKind, PaperState

PASSWORD = "mat-khau-rieng"
STAFF_MAIL = "canbo@example.com"
HONEY_OWNER = "+84977000222"


@dataclass(frozen=True)
class Scene:
    """The rows that walks begin with."""

    staff: User
    cashew: Category
    salted: Category
    honey_owner: User
    honey: Variant


def photo(colour: str = "#b9770e", *, fmt: str = "JPEG") -> bytes:
    """A picture like a phone's: 1200 × 1500 pixels of a jar."""
    image = Image.new("RGB", (1200, 1500), "#f2ebdd")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((300, 380, 900, 1300), 90, fill=colour)
    draw.rounded_rectangle((340, 250, 860, 400), 30, fill="#96371b")
    made = io.BytesIO()
    image.save(made, fmt, quality=85)
    return made.getvalue()


def set_the_scene() -> Scene:
    """Everything in place, and the honey on the shop."""
    make_rates()
    cashew = make_category(
        slug="hat-dieu", name_vi="Hạt điều", name_en="Cashews", commodity="cashew"
    )
    salted = _below(cashew, "dieu-rang-muoi", "Điều rang muối", "Salted roasted cashews")
    staff = make_user(
        phone=None, email=STAFF_MAIL, is_staff=True, is_demo=True, full_name="Chuyên viên Sở"
    )
    owner = make_user(phone=HONEY_OWNER, full_name="Chị Mật")
    return Scene(staff, cashew, salted, owner, _honey(owner))


def _below(parent: Category, slug: str, name_vi: str, name_en: str) -> Category:
    child = make_category(
        slug=slug, name_vi=name_vi, name_en=name_en, commodity=parent.commodity, parent=parent
    )
    child.path = f"{parent.path}{child.pk:04d}/"
    child.save()
    return child


def _honey(owner: User) -> Variant:
    vendor = make_vendor(
        owner=owner,
        name="Hợp tác xã Mật ong Bù Gia Mập",
        short_name="HTX Bù Gia Mập",
        slug="htx-mat-ong",
        tax_code="3801155441",
        street="Thôn 3",
        phone=HONEY_OWNER,
    )
    category = make_category(slug="mat-ong", name_vi="Mật ong", name_en="Honey", commodity="honey")
    product = make_product(
        vendor,
        category=category,
        name_vi="Mật ong hoa điều",
        name_en="Cashew blossom honey",
        slug="mat-ong-hoa-dieu",
        summary_vi="Mật lỏng, thơm nhẹ, lấy vào tháng Hai khi điều ra hoa.",
        summary_en="Liquid and mild, taken in February when the cashew trees flower.",
        description_vi="Ong lấy mật ở vườn điều Bù Gia Mập.",
    )
    paper = Paper.objects.create(
        vendor=vendor, kind=PaperKind.OCOP, state=PaperState.ACCEPTED, stars=4, number="123/QĐ-UBND"
    )
    product.papers.add(paper)
    picture = pictures.from_bytes(photo("#e9b949"), wake_worker=False)
    pictures.make_next(picture.pk, everything=True)
    ProductPicture.objects.create(product=product, picture=picture)
    variant = make_variant(
        vendor,
        product=product,
        name_vi="Chai 500 ml",
        name_en="500 ml bottle",
        price_vnd=165_000,
        on_hand=12,
    )
    index_product(product.pk)
    return variant
