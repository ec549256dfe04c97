"""Products, changes, cases and stuck jobs, through the pages."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from catalog.models import Product, Revision
from catalog.services import revisions
from catalog.states import ProductState, RevisionState
from core import cases, clock, outbox
from core.models import AuditEntry, Case, DeliveryState, OutboxDelivery, OutboxEntry
from notifications.models import Message, MessageState
from tests.making import make_product, make_user, make_variant, make_vendor
from tests.vendors import cast
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(cast.make_staff())
    return client


@pytest.fixture
def seller() -> User:
    return make_user()


@pytest.fixture
def vendor(seller: User) -> Vendor:
    return make_vendor(owner=seller)


def post(client: Client, path: str, **data: str) -> HttpResponse:
    return client.post(path, data, headers={"Sec-Fetch-Site": "same-origin"})  # type: ignore[return-value]


def waiting_product(vendor: Vendor) -> Product:
    product = make_product(vendor, state=ProductState.SUBMITTED, summary_vi="Giòn")
    make_variant(vendor, product=product, price_vnd=185_000)
    return product


def test_a_product_is_approved_from_its_page(desk: Client, vendor: Vendor) -> None:
    product = waiting_product(vendor)
    path = f"/can-bo/san-pham/{product.pk}/"
    assert path in desk.get("/can-bo/san-pham/").content.decode()
    assert "185.000" in desk.get(path).content.decode()
    post(desk, path, decision="approve")
    post(desk, path, decision="approve")
    product.refresh_from_db()
    assert product.state == ProductState.LIVE
    assert product.decisions.filter(to_state="live").count() == 1


def test_a_product_is_sent_back_with_a_reason_and_taken_down_with_a_note(
    desk: Client, vendor: Vendor
) -> None:
    product = waiting_product(vendor)
    path = f"/can-bo/san-pham/{product.pk}/"
    assert post(desk, path, decision="request_changes").status_code == 422
    post(desk, path, decision="request_changes", reason_name_vi="Tên chưa rõ.")
    product.refresh_from_db()
    assert (product.state, product.change_reasons) == (
        ProductState.CHANGES_REQUESTED,
        {"name_vi": "Tên chưa rõ."},
    )
    live = make_product(vendor)
    assert post(desk, f"/can-bo/san-pham/{live.pk}/", decision="take_down").status_code == 422
    post(desk, f"/can-bo/san-pham/{live.pk}/", decision="take_down", note="Sai nhãn")
    live.refresh_from_db()
    assert (live.state, live.takedown_reason) == (ProductState.TAKEN_DOWN, "Sai nhãn")


def test_a_change_shows_old_beside_new_and_marks_the_words(
    desk: Client, vendor: Vendor, seller: User
) -> None:
    product = make_product(vendor, name_vi="Hạt điều rang", description_vi="Rang củi hai lần.")
    revisions.propose_revision(
        product=product, changes={"description_vi": "Rang <b>củi</b> ba lần."}, actor=seller
    )
    path = f"/can-bo/thay-doi/{Revision.objects.get().pk}/"
    page = desk.get(path).content.decode()
    assert "Rang <del>củi hai </del>lần." in page
    assert "Rang <ins>&lt;b&gt;củi&lt;/b&gt; ba </ins>lần." in page
    refused = post(desk, path, decision="refuse")
    assert refused.status_code == 422
    post(desk, path, decision="approve")
    product.refresh_from_db()
    assert product.description_vi == "Rang <b>củi</b> ba lần."
    assert Revision.objects.get().state == RevisionState.APPROVED
    assert desk.get(path).status_code == 200


def test_a_case_is_resolved_once_with_what_was_done(desk: Client) -> None:
    found = cases.open_case(
        kind="channel.oversold", subject=("order", "BP1"), title="Hai đơn cho một gói"
    )
    path = f"/can-bo/viec/{found.pk}/"
    assert path in desk.get("/can-bo/viec/").content.decode()
    empty = post(desk, path, resolution=" ")
    assert (empty.status_code, "Hãy điền mục này." in empty.content.decode()) == (422, True)
    post(desk, path, resolution="Đã gọi người mua.")
    post(desk, path, resolution="Khác.")
    found.refresh_from_db()
    assert (found.state, found.resolution) == ("resolved", "Đã gọi người mua.")
    assert AuditEntry.objects.filter(action="case.resolve").count() == 1


def parked() -> OutboxDelivery:
    with transaction.atomic():
        outbox.emit("order.moved", key="order:BP1", order_number="BP1")
    entry = OutboxEntry.objects.get()
    OutboxEntry.objects.update(fanned_out=True)
    return OutboxDelivery.objects.create(
        entry=entry,
        subscriber="notifications.services.on_order_moved",
        key="order:BP1",
        state=DeliveryState.PARKED,
        attempts=5,
        next_try_at=clock.now(),
        last_error="KeyError: <to_state>",
    )


def test_a_parked_job_tries_again_or_is_given_up_for_a_reason(desk: Client) -> None:
    row = parked()
    page = desk.get("/can-bo/viec-ket/").content.decode()
    assert "KeyError: &lt;to_state&gt;" in page
    path = f"/can-bo/viec-ket/{row.pk}/"
    for data in ({"action": "drop"}, {"action": "drop", "sure": "on"}, {"action": "x"}):
        post(desk, path, **data)
        row.refresh_from_db()
        assert row.state == DeliveryState.PARKED
    post(desk, path, action="replay")
    row.refresh_from_db()
    assert row.state == DeliveryState.PENDING
    OutboxDelivery.objects.update(state=DeliveryState.PARKED)
    post(desk, path, action="drop", sure="on", reason="Đơn thử")
    row.refresh_from_db()
    assert row.state == DeliveryState.DROPPED


def test_a_failed_message_is_sent_again(desk: Client) -> None:
    message = Message.objects.create(
        way="sms", to="+84912345678", template="code", language="vi", body="x", dedupe_key="k"
    )
    Message.objects.update(state=MessageState.FAILED, attempts=8, error="sms_away")
    assert "sms_away" in desk.get("/can-bo/viec-ket/").content.decode()
    post(desk, f"/can-bo/viec-ket/tin-nhan/{message.pk}/")
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 0)


def test_the_first_page_counts_every_queue(desk: Client, vendor: Vendor, seller: User) -> None:
    waiting_product(vendor)
    cast.submitted(make_user())
    Case.objects.create(kind="x", subject_kind="order", subject_key="BP1", title="Việc lạ")
    page = desk.get("/can-bo/").content.decode()
    assert page.count("<b>1</b>") == 3
    assert page.count("<b>0</b>") == 4
    assert "Việc lạ" in page
