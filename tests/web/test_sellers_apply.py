import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core.models import StoredFile
from tests.making import make_user
from tests.web.sellers_making import browser_of, desk, huge_png, jpeg, member_of, pdf
from vendors.models import Member, Paper, Vendor
from vendors.services import deciding
from vendors.states import VendorState

pytestmark = pytest.mark.django_db
TAX_CODE = "3800100168"


@pytest.fixture
def an() -> User:
    return make_user()


@pytest.fixture
def page(an: User) -> Client:
    return browser_of(an)


def fill_in(page: Client) -> None:
    """Everything a cooperative must tell, page after page."""
    first = page.post("/ban-hang/dang-ky/loai/", {"kind": "cooperative"})
    page.post(first["Location"], {"name": "HTX Điều Bù Đăng", "tax_code": TAX_CODE})
    address = {"ward_code": "25396", "street": "Thôn 3", "phone": "0912 345 678"}
    page.post("/ban-hang/dang-ky/dia-chi/", address)
    page.post("/ban-hang/dang-ky/giay-to/", {"kind": "registration", "file": pdf()})


def test_a_stranger_is_led_to_sign_in_and_back() -> None:
    answer = Client().get("/ban-hang/don-hang/?tab=pack")
    assert answer.status_code == 302
    assert answer["Location"] == ("/tai-khoan/dang-nhap/?next=/ban-hang/don-hang/%3Ftab%3Dpack")


def test_an_expired_session_leads_back_to_the_page_with_the_form() -> None:
    before = "http://testserver/ban-hang/dang-ky/dia-chi/"
    answer = Client().post(
        "/ban-hang/dang-ky/dia-chi/", {"street": "x"}, headers={"referer": before}
    )
    assert answer["Location"] == "/tai-khoan/dang-nhap/?next=/ban-hang/dang-ky/dia-chi/"


def test_somebody_without_a_vendor_is_welcomed(page: Client) -> None:
    assert page.get("/ban-hang/")["Location"] == "/ban-hang/dang-ky/"
    assert "Bán hàng trên chợ này" in page.get("/ban-hang/dang-ky/").text
    assert "Sell on this market" in page.get("/en/ban-hang/dang-ky/").text


def test_the_whole_registration_is_sent_in(page: Client, an: User) -> None:
    fill_in(page)
    answer = page.post("/ban-hang/dang-ky/gui/")
    assert answer["Location"] == "/ban-hang/ho-so/"
    vendor = Vendor.objects.get()
    assert vendor.state == VendorState.SUBMITTED
    assert vendor.phone == "+84912345678"
    assert Member.objects.get().user == an


def test_each_page_is_saved_at_once(page: Client) -> None:
    first = page.post("/ban-hang/dang-ky/loai/", {"kind": "cooperative"})
    assert first["Location"] == "/ban-hang/dang-ky/ten/?new=1&kind=cooperative"
    page.post(first["Location"], {"name": "HTX Điều Bù Đăng"})
    vendor = Vendor.objects.get()
    assert (vendor.state, vendor.name) == (VendorState.DRAFT, "HTX Điều Bù Đăng")


def test_the_checklist_says_what_is_missing(page: Client) -> None:
    page.post("/ban-hang/dang-ky/ten/?new=1&kind=cooperative", {"name": "HTX Điều Bù Đăng"})
    text = page.get("/ban-hang/dang-ky/dia-chi/").text
    assert "Còn thiếu 5 mục" in text


def test_a_file_that_lacks_something_is_not_sent(page: Client) -> None:
    page.post("/ban-hang/dang-ky/ten/?new=1&kind=cooperative", {"name": "HTX Điều Bù Đăng"})
    page.post("/ban-hang/dang-ky/gui/")
    assert Vendor.objects.get().state == VendorState.DRAFT


def test_opening_a_draft_twice_makes_one(page: Client) -> None:
    name = {"name": "HTX Điều Bù Đăng", "tax_code": TAX_CODE}
    for _ in range(2):
        answer = page.post("/ban-hang/dang-ky/ten/?new=1&kind=cooperative", name)
        assert answer["Location"] == "/ban-hang/dang-ky/dia-chi/"
    assert Vendor.objects.count() == 1


def test_a_paper_sent_twice_is_one(page: Client) -> None:
    fill_in(page)
    page.post("/ban-hang/dang-ky/giay-to/", {"kind": "registration", "file": pdf()})
    assert Paper.objects.count() == 1


def test_sending_twice_writes_one_move(page: Client) -> None:
    fill_in(page)
    page.post("/ban-hang/dang-ky/gui/")
    page.post("/ban-hang/dang-ky/gui/")
    assert Vendor.objects.get().decisions.count() == 1


def test_a_wrong_tax_code_keeps_what_was_typed(page: Client) -> None:
    typed = {"name": "HTX Điều Bù Đăng", "tax_code": "3800100169"}
    answer = page.post("/en/ban-hang/dang-ky/ten/?new=1&kind=cooperative", typed)
    assert answer.status_code == 422
    assert 'value="3800100169"' in answer.text
    assert 'value="HTX Điều Bù Đăng"' in answer.text
    assert answer.context["form"].errors["tax_code"] == [
        "A digit of this tax code is wrong. Copy it again from the registration."
    ]
    assert not Vendor.objects.exists()


@pytest.mark.parametrize(
    ("prefix", "ward", "phone"),
    [
        (
            "",
            "Hãy chọn một phường hoặc xã của vùng trong danh sách.",
            "Số di động có 10 chữ số, ví dụ 0912 345 678. Bạn đếm lại giúp nhé.",
        ),
        (
            "/en",
            "Choose a ward or commune of the region from the list.",
            "A mobile number has 10 digits, such as 0912 345 678. Count them again.",
        ),
    ],
)
def test_a_wrong_phone_and_ward_are_both_named(
    page: Client, prefix: str, ward: str, phone: str
) -> None:
    page.post("/ban-hang/dang-ky/ten/?new=1&kind=cooperative", {"name": "HTX Điều Bù Đăng"})
    wrong = {"ward_code": "26743", "street": "Thôn 3", "phone": "0912 345 67"}
    answer = page.post(f"{prefix}/ban-hang/dang-ky/dia-chi/", wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"ward_code": [ward], "phone": [phone]}
    assert f"</span>{ward}</p>" in answer.text
    assert f"</span>{phone}</p>" in answer.text
    assert 'value="0912 345 67"' in answer.text
    assert 'value="Thôn 3"' in answer.text
    vendor = Vendor.objects.get()
    assert (vendor.street, vendor.phone, vendor.ward_code) == ("", "", "")


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        ("", "Ảnh này có quá nhiều điểm ảnh (hơn 40 triệu). Hãy thu nhỏ ảnh rồi gửi lại."),
        (
            "/en",
            "This picture has too many pixels (over 40 million). Make it smaller and send it "
            "again.",
        ),
    ],
)
def test_a_paper_of_400_million_pixels_is_refused(page: Client, prefix: str, sentence: str) -> None:
    fill_in(page)
    before = StoredFile.objects.count()
    sent = {"kind": "ocop", "number": "15/QĐ", "file": huge_png()}
    answer = page.post(f"{prefix}/ban-hang/dang-ky/giay-to/", sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == [sentence]
    assert f"</span>{sentence}</p>" in answer.text
    assert 'value="15/QĐ"' in answer.text
    assert Paper.objects.count() == 1
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        (
            "",
            "Đã lưu giấy tờ. “giay.jpg” thật ra là tài liệu PDF, nên được lưu dưới dạng PDF.",
        ),
        ("/en", "Paper saved. “giay.jpg” is a PDF document, so it is kept as a PDF."),
    ],
)
def test_a_pdf_named_jpg_is_kept_as_the_pdf_it_is(page: Client, prefix: str, sentence: str) -> None:
    fill_in(page)
    sent = {"kind": "ocop", "file": pdf("giay.jpg")}
    answer = page.post(f"{prefix}/ban-hang/dang-ky/giay-to/", sent, follow=True)
    assert answer.status_code == 200
    assert sentence in answer.text
    paper = Paper.objects.get(kind="ocop")
    assert paper.file is not None
    assert (paper.file.content_type, paper.file.key[-4:]) == ("application/pdf", ".pdf")
    served = page.get(f"/ban-hang/dang-ky/giay-to/{paper.pk}/")
    assert served["Content-Type"] == "application/pdf"
    assert served["Content-Disposition"] == f'attachment; filename="giay-to-{paper.pk}.pdf"'


def test_a_photo_named_pdf_is_kept_as_the_photo_it_is(page: Client) -> None:
    fill_in(page)
    sent = {"kind": "ocop", "file": jpeg(name="giay.pdf")}
    answer = page.post("/en/ban-hang/dang-ky/giay-to/", sent, follow=True)
    assert "Paper saved. “giay.pdf” is a photo, so it is kept as a photo." in answer.text
    paper = Paper.objects.get(kind="ocop")
    served = page.get(f"/ban-hang/dang-ky/giay-to/{paper.pk}/")
    assert served["Content-Type"] == "image/jpeg"
    assert served["Content-Disposition"] == f'inline; filename="giay-to-{paper.pk}.jpg"'


def test_a_file_that_is_neither_photo_nor_pdf_is_told_so(page: Client) -> None:
    fill_in(page)
    text = SimpleUploadedFile("giay.pdf", b"hello", "application/pdf")
    answer = page.post("/en/ban-hang/dang-ky/giay-to/", {"kind": "ocop", "file": text})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == [
        "We can't read this file. Send a photo (JPEG, PNG or WebP) or, for papers, a PDF."
    ]
    assert Paper.objects.count() == 1


def test_reasons_of_the_province_stand_beside_their_fields(page: Client) -> None:
    fill_in(page)
    page.post("/ban-hang/dang-ky/gui/")
    deciding.decide(
        vendor=Vendor.objects.get(),
        decision="request_changes",
        reasons={"street": "Ghi rõ số nhà."},
        note="",
        actor=make_user(is_staff=True),
    )
    status = page.get("/ban-hang/ho-so/").text
    assert '<a href="/ban-hang/dang-ky/dia-chi/">Ghi rõ số nhà.</a>' in status
    assert "<b>Tỉnh đề nghị:</b> Ghi rõ số nhà." in page.get("/ban-hang/dang-ky/dia-chi/").text


MENDED = "Đã sửa, chờ gửi"


def test_what_is_mended_waits_on_the_checklist_until_it_is_sent(page: Client) -> None:
    fill_in(page)
    page.post("/ban-hang/dang-ky/gui/")
    deciding.decide(
        vendor=Vendor.objects.get(),
        decision="request_changes",
        reasons={"street": "Ghi rõ số nhà.", "papers": "Chụp rõ hơn."},
        note="",
        actor=make_user(is_staff=True),
    )
    address = {"ward_code": "25396", "street": "Số 5, thôn 3", "phone": "0912 345 678"}
    assert page.get("/ban-hang/ho-so/").text.count(MENDED) == 0
    page.post("/ban-hang/dang-ky/dia-chi/", address)
    assert Vendor.objects.get().mended_fields == ["street"]
    status = page.get("/ban-hang/ho-so/").text
    assert "Tỉnh đề nghị sửa những chỗ này" in status
    assert status.index("Chụp rõ hơn.") < status.index("Ghi rõ số nhà.") < status.index(MENDED)
    assert f"Ghi rõ số nhà. <b>{MENDED}</b>" in page.get("/ban-hang/dang-ky/dia-chi/").text
    assert page.get("/ban-hang/dang-ky/")["Location"] == "/ban-hang/dang-ky/giay-to/"
    page.post("/ban-hang/dang-ky/giay-to/", {"kind": "registration", "file": jpeg()})
    assert "Đã sửa xong. Mời bạn gửi lại." in page.get("/ban-hang/ho-so/").text
    assert "nhưng chưa gửi" in page.get("/ban-hang/").text
    assert page.get("/ban-hang/dang-ky/")["Location"] == "/ban-hang/dang-ky/gui/"
    page.post("/ban-hang/dang-ky/gui/")
    vendor = Vendor.objects.get()
    assert (vendor.state, vendor.change_reasons, vendor.mended_fields) == ("submitted", {}, [])


def test_saving_without_a_change_mends_nothing(page: Client) -> None:
    fill_in(page)
    Vendor.objects.update(state="changes_requested", change_reasons={"street": "Ghi rõ."})
    address = {"ward_code": "25396", "street": "Thôn 3", "phone": "0912 345 678"}
    page.post("/ban-hang/dang-ky/dia-chi/", address)
    assert Vendor.objects.get().mended_fields == []


def test_the_bar_on_phones_leads_to_other_shops_once_one_may_sell() -> None:
    page, vendor = desk()
    other, own = "/ban-hang/kenh/", "/ban-hang/dang-ky/"
    assert f'<li><a href="{other}"' in page.get("/ban-hang/").text
    assert f'<li class="wide-only"><a href="{own}"' in page.get("/ban-hang/").text
    Vendor.objects.update(state="draft")
    assert f'<li class="wide-only"><a href="{other}"' in page.get("/ban-hang/").text
    assert f'<li><a href="{own}"' in page.get("/ban-hang/").text


def test_a_submitted_file_is_only_read(page: Client) -> None:
    fill_in(page)
    page.post("/ban-hang/dang-ky/gui/")
    answer = page.post("/ban-hang/dang-ky/dia-chi/", {"street": "Thôn 9"})
    assert answer["Location"] == "/ban-hang/ho-so/"
    assert Vendor.objects.get().street == "Thôn 3"


def test_an_approved_vendor_changes_its_phone_but_not_its_ward() -> None:
    page, vendor = desk(street="Thôn 3", phone="+84912345678")
    change = {"ward_code": "25195", "street": "Thôn 3", "phone": "0987 654 321", "email": ""}
    page.post("/ban-hang/dang-ky/dia-chi/", change)
    vendor.refresh_from_db()
    assert (vendor.phone, vendor.ward_code) == ("+84987654321", "25396")


def test_a_paper_is_shown_to_its_own_people() -> None:
    page, vendor = desk(state=VendorState.DRAFT)
    page.post("/ban-hang/dang-ky/giay-to/", {"kind": "ocop", "stars": "4", "file": jpeg()})
    paper = Paper.objects.get()
    assert paper.stars == 4
    answer = page.get(f"/ban-hang/dang-ky/giay-to/{paper.pk}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == jpeg().read()  # type: ignore[attr-defined]
    page.post(f"/ban-hang/dang-ky/giay-to/{paper.pk}/bo/")
    assert page.get(f"/ban-hang/dang-ky/giay-to/{paper.pk}/").status_code == 404
    assert member_of(vendor).memberships.count() == 1
