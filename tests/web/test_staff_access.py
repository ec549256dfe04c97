"""Who comes in: every address of the province's desk, for everybody who has no business there."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.models import User
from catalog.models import Revision
from core import valkey
from core.models import AuditEntry, Case, OutboxEntry
from tests.making import make_product, make_question, make_user, make_vendor
from tests.promotions.making import make_voucher
from tests.vendors import cast
from vendors.models import Member, Vendor
from vendors.states import VendorState
from web.staff.urls import urlpatterns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for key in valkey.client().scan_iter("market:limit:staff_refused*"):
        valkey.client().delete(key)


def addresses(vendor: Vendor) -> dict[str, str]:
    """Every route by name, about real things of the vendor."""
    paper = vendor.papers.get()
    product = make_product(vendor)
    author = vendor.members.get().user
    revision = Revision.objects.create(product=product, changes={"name_vi": "X"}, author=author)
    keys = {
        "vendor_id": vendor.pk,
        "paper_id": paper.pk,
        "product_id": product.pk,
        "revision_id": revision.pk,
        "question_id": make_question(product).pk,
        "case_id": 1,
        "category_id": product.category_id,
        "review_id": 1,
        "position": 1,
        "complaint": "BP222222222",
        "delivery_id": 1,
        "message_id": 1,
        "voucher_id": make_voucher().pk,
    }
    found = {}
    for route in urlpatterns:
        assert isinstance(route, URLPattern)
        assert route.name
        names = route.pattern.converters
        found[route.name] = reverse(f"staff:{route.name}", kwargs={key: keys[key] for key in names})
    return found


def test_nobody_but_staff_comes_in_by_any_address_or_verb() -> None:
    an = make_user()
    vendor = cast.submitted(an)
    routes = addresses(vendor)
    entries, audits = OutboxEntry.objects.count(), AuditEntry.objects.count()
    for user in (make_user(), an):
        client = Client()
        client.force_login(user)
        for path in routes.values():
            for verb in (client.get, client.post, client.put, client.delete):
                response = verb(path, headers={"Sec-Fetch-Site": "same-origin"})
                assert response.status_code == 403, path
                assert vendor.name not in response.content.decode()
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED
    assert (OutboxEntry.objects.count(), AuditEntry.objects.count()) == (entries, audits)


def test_strangers_are_led_to_sign_in_and_back() -> None:
    routes = addresses(cast.submitted(make_user()))
    for path in routes.values():
        response = Client().get(path)
        assert response.status_code == 302
        assert response.headers["Location"] == f"/tai-khoan/dang-nhap/?next={path}"
        assert "no-store" in response.headers["Cache-Control"]


def test_every_page_that_shows_answers_in_both_languages_and_a_visit_changes_nothing() -> None:
    staff = cast.make_staff()
    vendor = cast.submitted(make_user())
    routes = addresses(vendor)
    client = Client()
    client.force_login(staff)
    before = (OutboxEntry.objects.count(), AuditEntry.objects.count())
    for name, path in routes.items():
        response = client.get(path)
        if name in ("paper", "delivery", "message"):
            assert response.status_code == 405
        elif name in ("case", "complaint", "complaint_photo", "review"):
            assert response.status_code == 404
        else:
            assert response.status_code == 200, name
            assert client.get(f"/en{path}").status_code == 200
    assert (OutboxEntry.objects.count(), AuditEntry.objects.count()) == before
    vendor.refresh_from_db()
    assert vendor.state == VendorState.SUBMITTED


def test_a_missing_number_is_not_found() -> None:
    client = Client()
    client.force_login(cast.make_staff())
    for name, key in (
        ("vendor", "vendor_id"),
        ("paper_file", "paper_id"),
        ("product", "product_id"),
        ("revision", "revision_id"),
        ("case", "case_id"),
    ):
        path = reverse(f"staff:{name}", kwargs={key: 999_999_999_999})
        assert client.get(path).status_code == 404, name


def test_staff_who_lose_their_role_are_out_at_once() -> None:
    staff = cast.make_staff()
    client = Client()
    client.force_login(staff)
    assert client.get("/can-bo/").status_code == 200
    User.objects.filter(pk=staff.pk).update(is_staff=False)
    assert client.get("/can-bo/").headers["Location"] == "/tai-khoan/dang-nhap/?next=/can-bo/"


def test_the_queue_page_asks_the_database_the_same_for_one_file_and_for_many(
    django_assert_max_num_queries: object,
) -> None:
    client = Client()
    client.force_login(cast.make_staff())
    for n in range(25):
        owner = make_user()
        vendor = make_vendor(state=VendorState.SUBMITTED, name=f"HTX {n}")
        Member.objects.create(vendor=vendor, user=owner)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        assert client.get("/can-bo/nha-ban/").status_code == 200


def test_somebody_who_keeps_trying_opens_one_case() -> None:
    dung = make_user()
    client = Client()
    client.force_login(dung)
    for _try in range(5):
        client.get("/can-bo/")
    assert not Case.objects.exists()
    for _try in range(3):
        client.get("/can-bo/nha-ban/")
    found = Case.objects.get()
    assert (found.kind, found.subject_key) == ("access.refused", str(dung.pk))
