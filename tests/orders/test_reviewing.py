"""Reviews: by who received the goods, one per product and order, changed in time, never hidden."""

from datetime import timedelta

import pytest

from accounts.models import User
from catalog.errors import ReviewClosed
from catalog.models import Product, Review, SearchEntry
from catalog.services.indexing import index_product
from catalog.services.reviews import Words, answer_review, remove_review
from core import clock
from core.errors import BadFields, InvalidInput, NotAllowed, NotFound
from core.files import Upload
from core.models import AuditEntry, OutboxEntry, Picture
from marketplace.books import run_checks
from orders.errors import NotReceived
from orders.models import Order, OrderLine
from orders.services.reviewing import review_line, shown_name
from orders.states import OrderState
from tests.making import make_purchase, make_variant
from tests.orders.complaining import CHI, make_delivered, make_staff, member_of, photo
from vendors.models import Vendor


@pytest.fixture
def order(an: Vendor) -> Order:
    order = make_delivered(an)
    index_product(product_of(order).pk)
    return order


def product_of(order: Order) -> Product:
    return Product.objects.get(variants=order.lines.get().variant)


def line_of(order: Order) -> OrderLine:
    return order.lines.select_related("order__purchase", "variant").get()


def write(
    order: Order, rating: int = 4, text: str = "Hạt giòn, vừa muối.", **more: object
) -> Review:
    words = Words(rating, text, **more)  # type: ignore[arg-type]
    return review_line(line=line_of(order), words=words, actor=CHI)


def stars(order: Order) -> tuple[int, int]:
    product = product_of(order)
    return product.rating_sum, product.rating_count


def test_a_review_counts_on_the_product_and_in_the_lists(order: Order) -> None:
    before = SearchEntry.objects.get().version
    review = write(order)
    assert (review.author_name, review.rating, review.order_number) == ("Chi", 4, order.number)
    assert stars(order) == (4, 1)
    assert SearchEntry.objects.get().version > before
    assert OutboxEntry.objects.filter(topic="review.written").count() == 1


def test_writing_again_changes_the_one_review(order: Order) -> None:
    first = write(order, 5)
    again = write(order, 2, "Gói sau bị ẩm.")
    assert (again.pk, again.text, again.edited_at is not None) == (first.pk, "Gói sau bị ẩm.", True)
    assert stars(order) == (2, 1)
    assert OutboxEntry.objects.filter(topic="review.written").count() == 1


@pytest.mark.parametrize("state", ["placed", "shipped", "cancelled", "returned"])
def test_only_who_received_the_goods_may_write(order: Order, state: str) -> None:
    Order.objects.filter(pk=order.pk).update(state=state)
    with pytest.raises(NotReceived):
        write(order)
    assert not Review.objects.exists()


def test_a_closed_order_was_received_too(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(state=OrderState.CLOSED)
    assert write(order).rating == 4


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_one_to_five_stars(order: Order, rating: int) -> None:
    with pytest.raises(BadFields) as error:
        write(order, rating, "a" * 2001)
    assert set(error.value.errors) == {"rating", "text"}
    assert stars(order) == (0, 0)


def test_photos_stay_until_new_ones_come_or_they_are_taken_away(order: Order) -> None:
    review = write(order, photos=[photo(), photo("red")])
    assert [one.position for one in review.photos.all()] == [0, 1]
    write(order, 3)
    assert review.photos.count() == 2
    write(order, 3, photos=[photo("blue")])
    assert review.photos.count() == 1
    write(order, 3, keep_photos=False)
    assert review.photos.count() == 0
    assert Picture.objects.count() == 3
    with pytest.raises(InvalidInput):
        write(order, 3, photos=[Upload("x.gif", b"GIF89a" + b"0" * 90)])


def test_after_thirty_days_it_stands(order: Order) -> None:
    write(order)
    with clock.shifted(timedelta(days=29)):
        write(order, 3)
    with clock.shifted(timedelta(days=31)), pytest.raises(ReviewClosed):
        write(order, 1)
    assert stars(order) == (3, 1)


def test_the_vendor_answers_and_may_mend_its_answer(order: Order, an: Vendor) -> None:
    review, seller = write(order), member_of(an)
    for text in ("Cảm ơn chị.", "Cảm ơn chị.", "Cảm ơn chị Chi."):
        answer_review(review_id=review.pk, vendor_id=an.pk, text=text, actor=seller)
    review.refresh_from_db()
    assert (review.answer, review.answered_at is not None) == ("Cảm ơn chị Chi.", True)
    assert OutboxEntry.objects.filter(topic="review.answered").count() == 1
    assert AuditEntry.objects.filter(action="review.answer").count() == 2


def test_nobody_answers_about_somebody_elses_goods(order: Order, binh: Vendor) -> None:
    review = write(order)
    with pytest.raises(NotFound):
        answer_review(review_id=review.pk, vendor_id=binh.pk, text="Dở", actor=member_of(binh))
    with pytest.raises(InvalidInput):
        answer_review(
            review_id=review.pk, vendor_id=order.vendor_id, text=" ", actor=member_of(order.vendor)
        )


def test_a_removed_review_leaves_its_reason_and_no_stars(order: Order) -> None:
    review, staff = write(order), make_staff()
    for reason in ("Có số điện thoại của người khác", "Lý do khác"):
        remove_review(review_id=review.pk, reason=reason, actor=staff)
    review.refresh_from_db()
    assert review.removed_reason == "Có số điện thoại của người khác"
    assert stars(order) == (0, 0)
    assert "ratings" not in {one.check for one in run_checks()}
    assert AuditEntry.objects.filter(action="review.remove").count() == 1
    with pytest.raises(ReviewClosed):
        write(order, 1)


def test_a_removal_needs_a_reason_and_no_own_shop(order: Order, an: Vendor) -> None:
    review, staff = write(order), make_staff()
    with pytest.raises(InvalidInput):
        remove_review(review_id=review.pk, reason=" a ", actor=staff)
    an.members.create(user=staff)
    with pytest.raises(NotAllowed):
        remove_review(review_id=review.pk, reason="Không thích", actor=staff)
    review.refresh_from_db()
    assert review.removed_reason == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Trần Thị Chi", "Chi T."), ("Chi", "Chi"), ("nguyễn văn  an", "an N."), ("", "")],
)
def test_names_are_shortened(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_two_packs_of_a_product_are_one_review(an: Vendor) -> None:
    first = make_variant(an)
    second = make_variant(an, product=first.product)
    order = make_purchase({first: 1, second: 1}).orders.get()
    Order.objects.filter(pk=order.pk).update(state=OrderState.CLOSED)
    for line in OrderLine.objects.select_related("order__purchase", "variant"):
        review_line(line=line, words=Words(5, ""), actor=CHI)
    assert Review.objects.count() == 1


def test_a_user_is_known_as_its_author(an: Vendor) -> None:
    order = make_delivered(an)
    buyer: User = make_staff()
    assert order.purchase is not None
    order.purchase.buyer = buyer
    order.purchase.save()
    assert write(order).author_id == buyer.pk
