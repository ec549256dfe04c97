"""A vendor's file in its stages, for the tests of this folder."""

from accounts.models import User
from core.files import Upload
from tests.core.samples import PDF, photo
from tests.making import BU_DANG, make_user
from vendors import services
from vendors.models import Paper, Vendor

TAX_CODE = "0100233488"
ANSWERS = {
    "tax_code": "01 0023 3488",
    "ward_code": BU_DANG,
    "street": "Thôn 3, đường ĐT 741",
    "phone": "0912 345 678",
}
PHOTO = Upload("dang-ky.jpg", photo(600, 800))
SCAN = Upload("dang-ky.pdf", PDF)


def start(owner: User, *, kind: str = "cooperative", name: str = "HTX Điều Bù Đăng") -> Vendor:
    return services.start_vendor(user=owner, kind=kind, name=name)


def add_registration(vendor: Vendor, owner: User) -> Paper:
    form = services.PaperForm(kind="registration", number="12/ĐK-HTX")
    return services.add_paper(vendor=vendor, form=form, upload=SCAN, actor=owner)


def complete(owner: User, **changes: str) -> Vendor:
    """A draft with everything that is needed."""
    vendor = start(owner)
    services.save_file(vendor=vendor, fields=ANSWERS | changes, actor=owner)
    add_registration(vendor, owner)
    return Vendor.objects.get(pk=vendor.pk)


def submitted(owner: User, **changes: str) -> Vendor:
    return services.submit(vendor=complete(owner, **changes), actor=owner)


def accept_papers(vendor: Vendor, staff: User) -> None:
    for paper in vendor.papers.all():
        services.decide_paper(paper=paper, decision="accept", reason="", actor=staff)


def approved(owner: User, staff: User, **changes: str) -> Vendor:
    vendor = submitted(owner, **changes)
    accept_papers(vendor, staff)
    return services.decide(vendor=vendor, decision="approve", reasons={}, note="", actor=staff)


def make_staff() -> User:
    return make_user(is_staff=True, email="canbo@tinh.test", phone=None)
