"""Makers of the seller's desk tests: who sits at it, photos, papers, an order. Holds no test."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from catalog.models import Category, Product
from core import pictures
from orders.models import Order
from shipping.models import ShippingRate
from tests.making import (
    make_category,
    make_purchase,
    make_rates,
    make_user,
    make_variant,
    make_vendor,
)
from vendors.models import Vendor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def desk(**changes: object) -> tuple[Client, Vendor]:
    """A browser in which the member of a vendor is signed in, and the vendor."""
    user = make_user()
    vendor = make_vendor(owner=user, **changes)
    return browser_of(user), vendor


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def member_of(vendor: Vendor) -> User:
    return User.objects.get(memberships__vendor=vendor)


def jpeg(colour: str = "green", name: str = "anh.jpg") -> SimpleUploadedFile:
    """A small real photo; each colour is another file."""
    data = BytesIO()
    Image.new("RGB", (64, 48), colour).save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def huge_png() -> SimpleUploadedFile:
    """A few kilobytes that claim to be 20,000 by 20,000 pixels."""
    data = BytesIO()
    Image.new("1", (20_000, 20_000)).save(data, "PNG")
    return SimpleUploadedFile("to.png", data.getvalue(), "image/png")


def pdf(name: str = "giay.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def add_photo(product: Product, colour: str = "green") -> int:
    """A photo of a product; its picture id."""
    picture = pictures.from_bytes(jpeg(colour).read(), wake_worker=False)
    product.pictures.create(picture=picture, position=product.pictures.count())
    return picture.pk


def cashew() -> Category:
    return make_category(
        name_vi="Hạt điều rang", name_en="Roasted cashews", grades=["W240", "W320"]
    )


def make_order(vendor: Vendor, *, quantity: int = 2) -> Order:
    """A placed order of one variant of this vendor."""
    make_rates_once()
    return make_purchase({make_variant(vendor): quantity}).orders.get()


def make_rates_once() -> None:
    if not ShippingRate.objects.exists():
        make_rates()
