"""Which pages there are to look at, by who looks."""

from urllib.parse import quote

from catalog.models import Category, Product, Revision
from catalog.states import ProductState
from marketplace import demo_accounts
from orders.models import Order
from orders.states import OrderState
from vendors.models import Vendor
from vendors.states import VendorState

WORDS = ("quy-che", "khieu-nai", "du-lieu-ca-nhan", "cach-xep-hang", "giao-hang")


def of_buyers() -> list[str]:
    product = Product.objects.public().order_by("-rating_count", "pk")[0]
    vendor = product.vendor
    leaf = Category.objects.filter(products__isnull=False).order_by("pk")[0]
    return [
        "/",
        f"/nganh/{leaf.slug}/",
        f"/tim?q={quote('hat dieu')}",
        "/tim?q=xyzzy",
        f"/san-pham/{product.slug}-{product.pk}",
        "/tim?q=hat+dieu&gia=5000000&con=1",
        "/ban-do/",
        "/nong-san/hat-dieu/",
        "/gian-hang/",
        f"/gian-hang/{vendor.slug}-{vendor.pk}",
        f"/giao/{product.pk}",
        "/gio",
        "/don-hang/",
        "/ngoai-tuyen/",
        *(f"/{word}/" for word in WORDS),
    ]


def of_accounts() -> list[str]:
    return [
        "/tai-khoan/dang-nhap/",
        "/tai-khoan/dang-ky/",
        "/tai-khoan/quen-mat-khau/",
        "/dev/mailbox/",
        "/api/",
    ]


def of_sellers() -> list[str]:
    vendor = Vendor.objects.get(members__user__email=demo_accounts.COOPERATIVE)
    live = Product.objects.for_vendor(vendor).filter(state=ProductState.LIVE).order_by("pk")[0]
    order = Order.objects.for_vendor(vendor).filter(state=OrderState.PLACED).order_by("pk")[0]
    waiting = Revision.objects.filter(product__vendor=vendor).order_by("pk")[0]
    ours = "/ban-hang/san-pham"
    return [
        "/ban-hang/",
        "/ban-hang/don-hang/",
        "/ban-hang/don-hang/?tab=done",
        f"/ban-hang/don-hang/{order.number}/",
        f"/ban-hang/don-hang/{order.number}/huy/",
        f"/ban-hang/don-hang/{order.number}/phieu/",
        f"{ours}/",
        f"{ours}/moi/",
        f"{ours}/{live.pk}/",
        f"{ours}/{live.pk}/sua/",
        f"{ours}/{live.pk}/quy-cach/",
        f"{ours}/{waiting.product_id}/ban-cho/",
        "/ban-hang/khieu-nai/",
        "/ban-hang/tin-nhan/",
        "/ban-hang/danh-gia/",
        "/ban-hang/tien/",
        "/ban-hang/kenh/",
        "/ban-hang/ho-so/",
        "/ban-hang/dang-ky/loai/?new=1",
        "/ban-hang/dang-ky/ten/?new=1&kind=household",
        "/tai-khoan/",
    ]


def of_staff() -> list[str]:
    vendor = Vendor.objects.filter(state=VendorState.SUBMITTED).order_by("pk")[0]
    product = Product.objects.filter(state=ProductState.SUBMITTED).order_by("pk")[0]
    revision = Revision.objects.order_by("pk")[0]
    return [
        "/can-bo/",
        "/can-bo/nha-ban/",
        f"/can-bo/nha-ban/{vendor.pk}/",
        "/can-bo/giay-to/",
        "/can-bo/san-pham/",
        f"/can-bo/san-pham/{product.pk}/",
        "/can-bo/thay-doi/",
        f"/can-bo/thay-doi/{revision.pk}/",
        "/can-bo/khieu-nai/?state=all",
        "/can-bo/danh-gia/",
        "/can-bo/viec/",
        "/can-bo/nhat-ky/",
        "/can-bo/viec-ket/",
    ]
