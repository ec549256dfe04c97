import pytest

from accounts.models import User
from catalog.errors import BadMove
from catalog.models import Product, ProductDecision, SearchEntry
from catalog.services.moderation import Decision, decide_product, open_decisions
from core.errors import InvalidInput, NotAllowed
from core.models import AuditEntry, OutboxEntry
from tests.catalog.shelf import find, put_up
from tests.making import make_product, make_variant
from vendors.models import Vendor


@pytest.fixture
def waiting(shop: Vendor) -> Product:
    product = make_product(shop, state="submitted", name_vi="Hạt điều rang muối")
    make_variant(shop, product=product)
    return product


def test_an_approved_product_is_on_the_shop_and_in_search_at_once(
    waiting: Product, dung: User
) -> None:
    decided = decide_product(product=waiting, decision="approve", actor=dung)
    assert decided.state == "live"
    assert decided.published_at is not None
    assert find("hat dieu rang muoi") == ["Hạt điều rang muối"]
    entry = OutboxEntry.objects.get(topic="product.decided")
    assert entry.payload == {
        "product_id": waiting.pk,
        "vendor_id": waiting.vendor_id,
        "from_state": "submitted",
        "to_state": "live",
    }
    assert AuditEntry.objects.get().action == "product.live"


def test_the_same_decision_twice_is_one(waiting: Product, dung: User) -> None:
    for _ in range(2):
        decide_product(product=waiting, decision="approve", actor=dung)
    assert ProductDecision.objects.count() == 1
    assert OutboxEntry.objects.filter(topic="product.decided").count() == 1


def test_asking_for_changes_needs_a_reason(waiting: Product, dung: User) -> None:
    with pytest.raises(InvalidInput) as error:
        decide_product(
            product=waiting, decision="request_changes", reasons={"name_vi": " "}, actor=dung
        )
    assert error.value.code == "reason_missing"
    reasons = {"name_vi": "Ghi rõ trọng lượng", "other": "x"}
    decided = decide_product(
        product=waiting, decision="request_changes", reasons=reasons, actor=dung
    )
    assert decided.change_reasons == {"name_vi": "Ghi rõ trọng lượng"}
    assert ProductDecision.objects.get().reasons == {"name_vi": "Ghi rõ trọng lượng"}
    assert SearchEntry.objects.count() == 0


def test_taking_down_needs_a_note_and_hides_at_once(shop: Vendor, dung: User) -> None:
    product = put_up(shop, "Thuốc lạ")
    with pytest.raises(InvalidInput):
        decide_product(product=product, decision="take_down", actor=dung)
    assert SearchEntry.objects.count() == 1
    note = "Không có giấy phép"
    decided = decide_product(product=product, decision="take_down", note=note, actor=dung)
    assert (decided.state, decided.takedown_reason) == ("taken_down", note)
    assert SearchEntry.objects.count() == 0
    back = decide_product(product=product, decision="put_back", actor=dung)
    assert (back.state, back.takedown_reason) == ("live", "")
    assert SearchEntry.objects.count() == 1


def test_only_staff_decide_and_never_about_their_own(
    waiting: Product, an: User, dung: User
) -> None:
    waiting.vendor.members.create(user=dung)
    for person, code in ((an, "not_allowed"), (dung, "own_goods")):
        with pytest.raises(NotAllowed) as error:
            decide_product(product=waiting, decision="approve", actor=person)
        assert error.value.code == code
    assert Product.objects.get(pk=waiting.pk).state == "submitted"


@pytest.mark.parametrize("decision", ["put_back", "take_down", "nonsense"])
def test_a_decision_must_fit_the_state(waiting: Product, dung: User, decision: str) -> None:
    with pytest.raises(BadMove):
        decide_product(product=waiting, decision=decision, note="x", actor=dung)
    assert ProductDecision.objects.count() == 0


def test_open_decisions_follow_the_state(shop: Vendor) -> None:
    assert open_decisions(make_product(shop, state="draft")) == []
    assert open_decisions(make_product(shop, state="submitted")) == [
        Decision.APPROVE,
        Decision.REQUEST_CHANGES,
    ]
    assert open_decisions(make_product(shop, state="live")) == [Decision.TAKE_DOWN]
