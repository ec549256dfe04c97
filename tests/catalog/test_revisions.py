import pytest

from accounts.models import User
from catalog.errors import BadMove, ProductLocked
from catalog.models import Product, Revision, SearchEntry
from catalog.selectors.pages import product_page
from catalog.services import revisions
from catalog.services.indexing import index_product
from core.errors import BadFields, InvalidInput, NotAllowed
from core.models import AuditEntry, OutboxEntry, Picture, PictureState
from tests.catalog.shelf import find, make_paper, put_up
from tests.catalog.test_listing import make_picture
from tests.making import make_product, make_vendor
from vendors.models import Vendor


@pytest.fixture
def live(shop: Vendor) -> Product:
    return put_up(shop, "Hạt điều", summary_vi="Cũ")


def propose(live: Product, an: User, **changes: object) -> Revision:
    revision = revisions.propose_revision(product=live, changes=changes, actor=an)
    assert revision is not None
    return revision


def topics() -> list[str]:
    return list(OutboxEntry.objects.order_by("id").values_list("topic", flat=True))


def test_the_approved_text_stays_public_until_staff_decide(
    live: Product, an: User, dung: User
) -> None:
    revision = propose(live, an, name_vi="Điều rang củi", summary_vi="Cũ")
    assert revision.changes == {"name_vi": "Điều rang củi"}
    assert find("hat dieu") == ["Hạt điều"]
    revisions.decide_revision(revision=revision, decision="approve", actor=dung)
    live.refresh_from_db()
    assert (live.name_vi, live.slug, live.version) == ("Điều rang củi", "dieu-rang-cui", 3)
    assert SearchEntry.objects.get().card["name_vi"] == "Điều rang củi"
    assert topics() == ["revision.proposed", "revision.decided"]


def test_a_refused_revision_changes_nothing_and_says_why(
    live: Product, an: User, dung: User
) -> None:
    revision = propose(live, an, name_vi="Số một Việt Nam")
    with pytest.raises(InvalidInput):
        revisions.decide_revision(revision=revision, decision="refuse", actor=dung)
    reasons = {"name_vi": "Không chứng minh được"}
    decided = revisions.decide_revision(
        revision=revision, decision="refuse", reasons=reasons, actor=dung
    )
    live.refresh_from_db()
    assert (decided.state, decided.reasons, live.name_vi) == ("refused", reasons, "Hạt điều")


def test_a_second_wish_joins_the_first(live: Product, an: User) -> None:
    first = propose(live, an, summary_vi="Mới")
    second = propose(live, an, name_en="Cashews")
    assert first.pk == second.pk
    assert second.changes == {"summary_vi": "Mới", "name_en": "Cashews"}


def test_wishing_back_what_is_public_withdraws(live: Product, an: User) -> None:
    propose(live, an, summary_vi="Mới")
    back = revisions.propose_revision(product=live, changes={"summary_vi": "Cũ"}, actor=an)
    assert back is None
    assert Revision.objects.get().state == "withdrawn"
    assert revisions.find_waiting(live) is None


def test_nothing_different_makes_no_revision(live: Product, an: User) -> None:
    assert revisions.propose_revision(product=live, changes={"summary_vi": "Cũ"}, actor=an) is None
    assert Revision.objects.count() == 0


def test_pictures_wait_too_and_keep_their_order(live: Product, an: User, dung: User) -> None:
    first, second = make_picture("a" * 24), make_picture("b" * 24)
    Picture.objects.update(state=PictureState.READY)
    revision = propose(live, an, pictures=[second.pk, first.pk])
    assert SearchEntry.objects.get().card["picture"] == ""
    revisions.decide_revision(revision=revision, decision="approve", actor=dung)
    assert list(live.pictures.values_list("picture_id", flat=True)) == [second.pk, first.pk]
    assert SearchEntry.objects.get().card["picture"] == "b" * 24


def claims(product: Product) -> tuple[list[str], list[str]]:
    """The numbers of the papers that the page shows, and the badges in lists and search."""
    shown = [paper.number for paper in product_page(product.pk).papers]
    return shown, SearchEntry.objects.get(product=product).badges


def test_a_paper_added_to_goods_waits_and_no_badge_shows_before(
    live: Product, shop: Vendor, an: User, dung: User
) -> None:
    paper = make_paper(shop, "vietgap", number="VG-1")
    revision = propose(live, an, papers=[paper.pk])
    assert revision.changes == {"papers": [paper.pk]}
    assert claims(live) == ([], [])
    revisions.decide_revision(revision=revision, decision="approve", actor=dung)
    assert claims(live) == (["VG-1"], ["vietgap"])


def test_a_paper_taken_off_goods_stays_public_until_staff_decide(
    live: Product, shop: Vendor, an: User, dung: User
) -> None:
    kept = make_paper(shop, "ocop", stars=4, number="OCOP-4")
    dropped = make_paper(shop, "vietgap", number="VG-1")
    live.papers.set([kept, dropped])
    index_product(live.pk)
    both = claims(live)
    assert sorted(both[0]) == ["OCOP-4", "VG-1"]
    assert sorted(both[1]) == ["ocop-4", "vietgap"]
    revision = propose(live, an, papers=[kept.pk])
    assert claims(live) == both
    reasons = {"papers": "Giấy còn hạn"}
    revisions.decide_revision(revision=revision, decision="refuse", reasons=reasons, actor=dung)
    assert claims(live) == both
    revisions.decide_revision(
        revision=propose(live, an, papers=[kept.pk]), decision="approve", actor=dung
    )
    assert claims(live) == (["OCOP-4"], ["ocop-4"])


def test_another_vendors_paper_is_no_claim(live: Product, an: User) -> None:
    foreign = make_paper(make_vendor(), "vietgap")
    with pytest.raises(BadFields) as refused:
        revisions.propose_revision(product=live, changes={"papers": [foreign.pk]}, actor=an)
    assert list(refused.value.errors) == ["papers"]
    assert Revision.objects.count() == 0


def test_only_what_was_approved_once_has_revisions(shop: Vendor, an: User) -> None:
    draft = make_product(shop, state="draft")
    with pytest.raises(ProductLocked):
        revisions.propose_revision(product=draft, changes={"name_vi": "Khác"}, actor=an)


def test_bad_changes_are_refused_at_once(live: Product, an: User) -> None:
    with pytest.raises(BadFields):
        revisions.propose_revision(product=live, changes={"name_vi": ""}, actor=an)
    assert Revision.objects.count() == 0


def test_only_staff_decide(live: Product, an: User) -> None:
    revision = propose(live, an, summary_vi="Mới")
    with pytest.raises(NotAllowed):
        revisions.decide_revision(revision=revision, decision="approve", actor=an)
    live.refresh_from_db()
    assert (live.summary_vi, Revision.objects.get().state) == ("Cũ", "waiting")


def test_decided_and_withdrawn_revisions_stay_so(live: Product, an: User, dung: User) -> None:
    revision = propose(live, an, summary_vi="Mới")
    revisions.withdraw_revision(revision=revision, actor=an)
    revisions.withdraw_revision(revision=revision, actor=an)
    with pytest.raises(BadMove):
        revisions.decide_revision(revision=revision, decision="approve", actor=dung)
    assert AuditEntry.objects.filter(action="revision.decided").count() == 1
