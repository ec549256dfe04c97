"""What waits for staff in the demo: vendors, products, changed texts. No desk is empty."""

from datetime import timedelta

from accounts.models import User
from catalog.demo.documents import draw_paper
from catalog.demo.raster import render_png
from catalog.models import Product, ProductDecision, Revision, Stock, StockMovement, Variant
from catalog.states import ProductState
from core import files
from marketplace import demo_accounts
from marketplace.seeding.people import phone_of, tax_code_of
from marketplace.seeding.sheets import Making
from vendors.models import Member, Paper, Vendor, VendorDecision
from vendors.states import VendorState
from vietnam.text import slugify

# Kind, name, short name, ward.
NEWCOMERS = (
    ("cooperative", "Hợp tác xã Ca cao Đak Nhau", "HTX Ca cao Đak Nhau", "25399"),
    ("household", "Cơ sở Bánh tráng Lộc Hưng", "Bánh tráng Lộc Hưng", "25303"),
)
FIRST_NEWCOMER = 9_001
ISSUER = "Phòng Kinh tế"
# Kind, number, what stands on the sheet.
PAPERS = (
    ("registration", "0412", "Giấy chứng nhận đăng ký"),
    ("food_safety", "0088", "Giấy chứng nhận an toàn thực phẩm"),
)
STORY = "Chúng tôi làm quanh năm, muốn bán thẳng cho người mua ở xa và xin tỉnh kiểm tra giấy tờ."
SUBMITTED = 5
SENT_BACK = 1
NEW_NAMES = ("mẻ thử", "bao bì mới", "túi zip", "hàng tuyển", "gói du lịch", "combo")
REASONS = {
    "description_vi": "Xin nêu rõ hạn dùng và cách bảo quản.",
    "pictures": "Ảnh cần thấy rõ nhãn và tên cơ sở.",
}
REVISIONS = (
    {"summary_vi": "Mẻ mới, chọn kỹ hơn vụ trước; túi có khoá kéo, mở ra đóng lại vẫn kín."},
    {"description_vi": "Từ tháng này chúng tôi sấy bằng nhà kính năng lượng mặt trời, không khói."},
    {"summary_vi": "Giao trong ngày ở các phường trung tâm.", "summary_en": "Same-day delivery."},
)


def add_waiting(making: Making) -> None:
    """Two vendors, six products and three revisions that staff have yet to decide about."""
    for number, newcomer in enumerate(NEWCOMERS):
        _vendor(making, number, newcomer)
    vendors = (
        Vendor.objects.filter(state=VendorState.APPROVED, products__isnull=False)
        .distinct()
        .order_by("pk")
    )
    for number, vendor in enumerate(vendors[: SUBMITTED + SENT_BACK]):
        _product(making, vendor.products.order_by("pk")[0], number)
    for vendor, changes in zip(vendors[: len(REVISIONS)], REVISIONS, strict=False):
        product = vendor.products.filter(state=ProductState.LIVE).order_by("-pk")[0]
        author = vendor.members.select_related("user").get().user
        Revision.objects.create(product=product, changes=changes, author=author)


def _vendor(making: Making, number: int, newcomer: tuple[str, str, str, str]) -> None:
    kind, name, short_name, ward_code = newcomer
    sent = making.now - timedelta(hours=5 + 9 * number)
    number += FIRST_NEWCOMER
    owner = User.objects.create(
        email=demo_accounts.owner_of(number),
        full_name="Chủ gian hàng",
        is_demo=True,
        password=making.password,
    )
    vendor = Vendor.objects.create(
        kind=kind,
        name=name,
        short_name=short_name,
        slug=slugify(short_name),
        tax_code=tax_code_of(kind, number),
        ward_code=ward_code,
        street="Tổ 3",
        phone=phone_of(number),
        email=owner.email or "",
        story_vi=STORY,
        state=VendorState.SUBMITTED,
        submitted_at=sent,
    )
    Member.objects.create(vendor=vendor, user=owner)
    for paper_kind, paper_number, title in PAPERS:
        issued_on = sent.date() - timedelta(days=60)
        number_text = f"{paper_number}/{sent:%Y}"
        sheet = draw_paper(
            title=title,
            holder=name,
            number=number_text,
            issuer=ISSUER,
            day=f"{issued_on:%d/%m/%Y}",
        )
        Paper.objects.create(
            vendor=vendor,
            kind=paper_kind,
            issuer=ISSUER,
            number=number_text,
            issued_on=issued_on,
            file=files.keep(
                render_png(sheet, width=800), kind="image/png", name=f"{title}.png", folder="papers"
            ),
        )
    VendorDecision.objects.create(
        vendor=vendor,
        actor=owner,
        from_state=VendorState.DRAFT,
        to_state=VendorState.SUBMITTED,
    )


def _product(making: Making, model: Product, number: int) -> None:
    """A new product beside a live one, sent in; the last ones were sent back with reasons."""
    is_sent_back = number >= SUBMITTED
    owner = model.vendor.members.select_related("user").get().user
    name = f"{model.name_vi} ({NEW_NAMES[number]})"
    product = Product.objects.create(
        vendor=model.vendor,
        category_id=model.category_id,
        slug=slugify(name),
        name_vi=name,
        summary_vi=model.summary_vi,
        description_vi=model.description_vi,
        grade=model.grade,
        specs=model.specs,
        state=ProductState.CHANGES_REQUESTED if is_sent_back else ProductState.SUBMITTED,
        change_reasons=REASONS if is_sent_back else {},
        submitted_at=making.now - timedelta(hours=3 + 4 * number),
    )
    _pack(product, model)
    for shown in model.pictures.all():
        product.pictures.create(picture_id=shown.picture_id, position=shown.position)
    steps: list[tuple[str, str, dict[str, str]]] = []
    steps.append((ProductState.DRAFT, ProductState.SUBMITTED, {}))
    if is_sent_back:
        steps.append((ProductState.SUBMITTED, ProductState.CHANGES_REQUESTED, REASONS))
    for before, after, reasons in steps:
        ProductDecision.objects.create(
            product=product, actor=owner, from_state=before, to_state=after, reasons=reasons
        )


def _pack(product: Product, model: Product) -> None:
    unit = model.variants.order_by("position")[0]
    variant = Variant.objects.create(
        product=product,
        name_vi=unit.name_vi,
        name_en=unit.name_en,
        sku=f"{product.pk}-1",
        net_grams=unit.net_grams,
        gross_grams=unit.gross_grams,
        price_vnd=unit.price_vnd,
    )
    Stock.objects.create(variant=variant, on_hand=40)
    StockMovement.objects.create(variant=variant, kind="receive", on_hand_change=40)
