"""The demo's small first drawings become full ones, in all views, without a gap on the shop."""

import pytest
from django.conf import settings
from django.core.files.storage import storages
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.models import Product, ProductPicture, Review, ReviewPhoto, SearchEntry
from catalog.services import drawings
from catalog.tasks import draw_demo_pictures
from core import clock, pictures
from core.models import Case, Picture, PictureState, StoredFile
from marketplace.seeding.market import Size
from orders.models import Order
from tests.marketplace.seeded import make_small_market
from tests.web.following_making import make_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Picture:
    """The first small drawing of a tiny market; smaller full ones, because tests wait."""
    assert "-test-" in str(settings.DATA_DIR)
    monkeypatch.setattr(drawings, "WIDTH", 96)
    make_small_market(Size(products=12, orders=5))
    return Picture.objects.order_by("pk")[0]


def test_every_product_shows_a_small_drawing_at_first(waiting: Picture) -> None:
    """One picture each, with its 480 px WebP there and READY: no card of the shop has a gap."""
    shown = {entry.pk: entry.card["picture"] for entry in SearchEntry.objects.all()}
    assert len(shown) == 12
    for product in Product.objects.all():  # also those that still wait for staff
        picture = product.pictures.select_related("picture").get().picture
        assert shown.pop(product.pk, picture.token) == picture.token
        assert picture.state == PictureState.READY
        assert picture.renditions.filter(width=480, format="webp").count() == 1
        for width in pictures.WEBP_WIDTHS:
            assert storages["default"].exists(pictures.path(picture.token, width, "webp"))
    assert shown == {}


def test_a_small_drawing_is_replaced_by_all_views(
    waiting: Picture, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    product_id = ProductPicture.objects.filter(picture=waiting).order_by("pk")[0].product_id
    old_file, old_name = waiting.original.key, pictures.path(waiting.token, 480, "webp")
    with django_capture_on_commit_callbacks(execute=True):
        assert drawings.draw_next()
    rows = ProductPicture.objects.filter(product=product_id).order_by("position")
    shown = [row.picture for row in rows.select_related("picture")]
    assert len(shown) == 4
    assert {picture.state for picture in shown} == {PictureState.READY}
    assert SearchEntry.objects.get(pk=product_id).card["picture"] == shown[0].token
    for picture in shown:
        for width in drawings.FIRST_WIDTHS:
            assert storages["default"].exists(pictures.path(picture.token, width, "webp"))
    assert not Picture.objects.filter(pk=waiting.pk).exists()
    assert not StoredFile.objects.filter(key=old_file).exists()
    assert not storages["default"].exists(old_name)
    assert not storages["private"].exists(old_file)


def test_the_task_goes_on_until_none_is_left(
    waiting: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(
        "core.wake.now", lambda task, *args, queue: called.append(f"{queue} {task}")
    )
    draw_demo_pictures()
    assert called == ["low catalog.tasks.draw_demo_pictures"]
    monkeypatch.setattr(drawings, "FOLDER", "none")
    draw_demo_pictures()
    assert len(called) == 1


def test_a_drawing_in_a_review_becomes_the_full_one(
    waiting: Picture, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    product = ProductPicture.objects.filter(picture=waiting).order_by("pk")[0].product
    review = Review.objects.create(
        product=product,
        order_number="BP123456789",
        author_name="Chi",
        rating=5,
        created_at=clock.now(),
    )
    ReviewPhoto.objects.filter(picture=waiting).delete()
    photo = ReviewPhoto.objects.create(review=review, picture=waiting)
    with django_capture_on_commit_callbacks(execute=True):
        assert drawings.draw_next()
    photo.refresh_from_db()
    first = ProductPicture.objects.filter(product=product).order_by("position")[0]
    assert photo.picture_id == first.picture_id


def test_a_drawing_that_a_complaint_shows_stays_with_it(
    waiting: Picture, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    complaint = make_complaint(Order.objects.all()[0])
    complaint.entries.get().photos.update(file=waiting.original)
    with django_capture_on_commit_callbacks(execute=True):
        assert drawings.draw_next()
    assert not Picture.objects.filter(pk=waiting.pk).exists()
    assert storages["private"].exists(complaint.entries.get().photos.get().file.key)


def test_a_drawing_that_fails_is_given_up_and_the_others_go_on(
    waiting: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr("core.wake.now", lambda task, *args, queue: called.append(task))
    monkeypatch.setattr(drawings, "draw", lambda **_recipe: 1 / 0)
    Picture.objects.exclude(pk=waiting.pk).update(refusal="left out")
    for _n in range(pictures.TRIES):
        with pytest.raises(ZeroDivisionError):
            draw_demo_pictures()
    assert len(called) == pictures.TRIES
    draw_demo_pictures()
    assert len(called) == pictures.TRIES
    assert Case.objects.get().subject_key == waiting.token
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == (PictureState.READY, "given_up")
