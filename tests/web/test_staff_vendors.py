"""The queue, a vendor's file and the decisions about it, through the pages."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from core.files import Upload
from core.models import AuditEntry
from tests.core.samples import photo
from tests.making import make_user
from tests.vendors import cast
from vendors import services
from vendors.models import PaperState, Vendor, VendorDecision
from vendors.states import VendorState

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return cast.make_staff()


@pytest.fixture
def desk(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def vendor() -> Vendor:
    return cast.submitted(make_user())


def post(client: Client, path: str, **data: str) -> HttpResponse:
    return client.post(path, data, headers={"Sec-Fetch-Site": "same-origin"})  # type: ignore[return-value]


def file_of(vendor: Vendor) -> str:
    return f"/can-bo/nha-ban/{vendor.pk}/"


def test_the_queue_shows_what_waits_and_the_file_all_its_answers(
    desk: Client, vendor: Vendor
) -> None:
    assert vendor.name in desk.get("/can-bo/").content.decode()
    assert file_of(vendor) in desk.get("/can-bo/nha-ban/").content.decode()
    page = desk.get(file_of(vendor)).content.decode().replace("\u00a0", " ")
    for text in ("0100233488", "Xã Bù Đăng", "Thôn 3, đường ĐT 741", "0912 345 678", "12/ĐK-HTX"):
        assert text in page


def test_a_search_finds_a_vendor_by_tax_code_or_phone(desk: Client, vendor: Vendor) -> None:
    for text, found in (("0100233488", True), ("0912345678", True), ("không có", False)):
        page = desk.get("/can-bo/nha-ban/", {"state": "all", "q": text}).content.decode()
        assert (file_of(vendor) in page) == found


def test_asking_for_changes_without_a_reason_keeps_the_note_and_decides_nothing(
    desk: Client, vendor: Vendor
) -> None:
    response = post(desk, file_of(vendor), decision="request_changes", note="Xin <b>xem</b> lại")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hãy ghi lý do bên cạnh ít nhất một mục để người bán biết cần sửa gì." in page
    assert "Xin &lt;b&gt;xem&lt;/b&gt; lại" in page
    assert "<title>Lỗi: " in page
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED


def test_asking_for_changes_reaches_the_vendor_field_by_field(desk: Client, vendor: Vendor) -> None:
    response = post(
        desk,
        file_of(vendor),
        decision="request_changes",
        note="Cảm ơn",
        reason_street="Xin ghi rõ số nhà.",
        reason_slug="không phải mục",
    )
    assert response.headers["Location"] == file_of(vendor)
    vendor.refresh_from_db()
    assert vendor.change_reasons == {"street": "Xin ghi rõ số nhà."}
    assert "Xin ghi rõ số nhà." in desk.get(file_of(vendor)).content.decode()


def test_a_reason_that_is_too_long_is_kept_and_said(desk: Client, vendor: Vendor) -> None:
    long = "dài " * 126
    response = post(desk, file_of(vendor), decision="request_changes", reason_street=long)
    assert response.status_code == 422
    assert long.strip() in response.content.decode()
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED


def test_approving_before_the_paper_was_checked_says_what_to_do(
    desk: Client, vendor: Vendor
) -> None:
    page = post(desk, file_of(vendor), decision="approve").content.decode()
    assert (
        "Trước hết hãy chấp nhận hoặc từ chối giấy tờ “Giấy đăng ký kinh doanh hoặc hợp tác xã”."
        in page
    )


def test_accepting_the_paper_and_approving_by_two_clicks(desk: Client, vendor: Vendor) -> None:
    paper = vendor.papers.get()
    accepted = post(desk, f"/can-bo/giay-to/{paper.pk}/", decision="accept")
    assert accepted.headers["Location"] == f"{file_of(vendor)}#papers"
    post(desk, file_of(vendor), decision="approve")
    post(desk, file_of(vendor), decision="approve")
    vendor.refresh_from_db()
    assert vendor.state == VendorState.APPROVED
    assert VendorDecision.objects.filter(to_state="approved").count() == 1


def test_refusing_a_paper_without_a_reason_keeps_the_page(desk: Client, vendor: Vendor) -> None:
    paper = vendor.papers.get()
    response = post(desk, f"/can-bo/giay-to/{paper.pk}/", decision="refuse", reason="")
    assert response.status_code == 422
    assert "Hãy ghi lý do để người bán biết cách sửa." in response.content.decode()
    paper.refresh_from_db()
    assert paper.state == PaperState.WAITING


def test_closing_asks_for_a_tick_and_a_reason(desk: Client, vendor: Vendor) -> None:
    unsure = post(desk, file_of(vendor), decision="close", note="Trùng hồ sơ")
    assert "Đã đóng thì không mở lại được." in unsure.content.decode()
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED
    post(desk, file_of(vendor), decision="close", note="Trùng hồ sơ", sure="on")
    vendor.refresh_from_db()
    assert vendor.state == VendorState.CLOSED


def test_what_a_vendor_typed_is_shown_as_text(desk: Client) -> None:
    an = make_user()
    vendor = cast.submitted(an, story_vi="<script>alert(1)</script> {{ 7*7 }}")
    page = desk.get(file_of(vendor)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page


def test_a_paper_is_sent_without_sniffing_scripts_or_caches(desk: Client, vendor: Vendor) -> None:
    paper = vendor.papers.get()
    response = desk.get(f"/can-bo/giay-to/{paper.pk}/tep")
    assert response.headers["Content-Type"] == "application/pdf"
    assert (
        response.headers["Content-Disposition"] == f'attachment; filename="giay-to-{paper.pk}.pdf"'
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]
    assert b"".join(response).startswith(b"%PDF-")


def test_a_photo_of_a_paper_is_shown_in_the_browser(desk: Client) -> None:
    an = make_user()
    vendor = cast.start(an)
    paper = services.add_paper(
        vendor=vendor,
        form=services.PaperForm(kind="identity"),
        upload=Upload("can-cuoc.jpg", photo(200, 100)),
        actor=an,
    )
    shown = desk.get(f"/can-bo/giay-to/{paper.pk}/tep")
    assert shown.headers["Content-Disposition"].startswith("inline; ")
    assert shown.headers["Content-Type"] == "image/jpeg"


def test_staff_who_work_for_the_vendor_see_why_they_may_not_decide(staff: User) -> None:
    vendor = cast.submitted(staff)
    client = Client()
    client.force_login(staff)
    assert 'value="approve"' not in client.get(file_of(vendor)).content.decode()
    assert post(client, file_of(vendor), decision="approve").status_code == 422
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED


def test_the_trail_finds_the_decision_and_its_reason(
    desk: Client, staff: User, vendor: Vendor
) -> None:
    post(desk, file_of(vendor), decision="close", note="Trùng hồ sơ", sure="on")
    query = {"kind": "vendor", "key": str(vendor.pk), "action": "vendor.closed"}
    page = desk.get("/can-bo/nhat-ky/", query).content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, flags=re.S)
    assert len(rows) == 1
    assert "Trùng hồ sơ" in rows[0]
    assert f"{staff.full_name} (staff {staff.pk})" in rows[0]
    assert AuditEntry.objects.filter(action="vendor.closed").count() == 1


def test_nonsense_in_the_filters_is_an_empty_answer_and_no_error(desk: Client) -> None:
    for path, query in (
        ("/can-bo/nhat-ky/", {"from": "2026-13-40", "to": "x", "key": "'; --"}),
        ("/can-bo/nha-ban/", {"state": "<b>", "page": "-1"}),
        ("/can-bo/viec/", {"state": "x", "kind": "y" * 99}),
        ("/can-bo/san-pham/", {"q": "%", "page": "10000000"}),
    ):
        assert desk.get(path, query).status_code == 200
