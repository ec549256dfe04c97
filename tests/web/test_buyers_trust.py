"""What the product page says so that it can be believed: grade, papers, reviews, questions."""

from datetime import datetime, time, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.models import Product, Question, Review, ReviewPhoto
from catalog.services.indexing import index_product, on_picture_ready
from catalog.services.questions import answer_question, ask_question, remove_question
from catalog.services.reviews import remove_review
from catalog.services.specs import read_specs
from core import clock, pictures
from tests.catalog.shelf import make_paper
from tests.core.samples import photo
from tests.making import make_user
from tests.web.buyers_making import Shop, make_shop

pytestmark = pytest.mark.django_db
WORDS = "Hạt có rang muối không ạ?"


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def chi() -> User:
    return make_user(full_name="Trần Thị Chi")


def page_of(shop: Shop, part: str = "", base: str = "") -> str:
    slug = "salted-cashews" if base else "hat-dieu-rang-muoi"
    return f"{base}/san-pham/{slug}-{shop.product.pk}{part}"


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def review(product: Product, number: int, rating: int = 5, **changes: object) -> Review:
    fields = {"author_name": "Khách", "text": f"Lời {number}", "created_at": clock.now()} | changes
    made = Review.objects.create(
        product=product, order_number=f"BP{number}", rating=rating, **fields
    )
    Product.objects.filter(pk=product.pk).update(
        rating_sum=F("rating_sum") + rating, rating_count=F("rating_count") + 1
    )
    index_product(product.pk)
    return made


def ask(shop: Shop, chi: User, text: str = WORDS) -> Question:
    return ask_question(product_id=shop.product.pk, text=text, author=chi)


def test_the_grade_stands_in_plain_words_with_its_limits_beside_the_values(
    client: Client, shop: Shop
) -> None:
    free = [{"vi": "Hạn dùng", "en": "Best before", "value": "8 tháng", "value_en": "8 months"}]
    specs = read_specs("W320", {"moisture": "4,8", "count_lb": "312"}, free)
    Product.objects.filter(pk=shop.product.pk).update(grade="W320", specs=specs)
    index_product(shop.product.pk)
    vi, en = text_of(client, page_of(shop)), text_of(client, page_of(shop, base="/en"))
    assert "Số 320 là số nhân trong một pound" in vi
    assert '<th scope="row">Độ ẩm</th><td>4,8 %</td><td class="soft">≤ 5 %</td>' in vi
    assert '<td>312</td><td class="soft">300–320</td>' in vi
    assert vi.count("chưa ghi") == 4
    assert '<th scope="row">Moisture</th><td>4.8%</td><td class="soft">≤ 5%</td>' in en
    assert "<dt>Best before</dt><dd>8 months</dd>" in en


def test_a_badge_falls_off_the_night_after_its_papers_last_day(client: Client, shop: Shop) -> None:
    shop.product.papers.add(
        make_paper(shop.vendor, "vietgap", number="VG-77", valid_to=clock.today())
    )
    index_product(shop.product.pk)
    shown = text_of(client, page_of(shop))
    assert shown.count("VietGAP") == 2  # badge and paper
    assert "VG-77" in shown
    moment = timezone.localtime(clock.now())
    midnight = datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
    with clock.shifted(midnight - moment):
        gone = text_of(client, page_of(shop))
    assert "VietGAP" not in gone
    assert "VG-77" not in gone


def test_all_reviews_are_shown_by_stars_and_photos_and_pages(client: Client, shop: Shop) -> None:
    for number in range(12):
        review(shop.product, number, rating=5 if number else 2)
    first = text_of(client, page_of(shop))
    assert first.count("đã mua và nhận hàng") == 3
    assert "Xem cả 12 đánh giá" in first
    assert '<meter min="0" max="12" value="11" aria-hidden="true"></meter>11' in first
    every = text_of(client, page_of(shop, "/danh-gia"))
    assert every.count("đã mua và nhận hàng") == 10
    assert text_of(client, page_of(shop, "/danh-gia") + "?trang=2").count("Lời ") == 2
    two_stars = text_of(client, page_of(shop, "/danh-gia") + "?sao=2")
    assert two_stars.count("Lời ") == 1
    assert "Chưa có đánh giá nào như vậy" in text_of(client, page_of(shop, "/danh-gia?sao=3"))
    assert client.get(page_of(shop, "/danh-gia") + "?trang=3").status_code == 404


def test_photos_of_a_review_are_shown_and_go_with_it(client: Client, shop: Shop) -> None:
    one = review(shop.product, 1)
    picture = pictures.from_bytes(photo(), wake_worker=False)
    ReviewPhoto.objects.create(review=one, picture=picture)
    index_product(shop.product.pk)
    assert picture.token not in text_of(client, page_of(shop))  # not made yet
    pictures.make_next(picture.pk, everything=False)
    on_picture_ready("", {"picture_id": picture.pk})
    assert picture.token in text_of(client, page_of(shop))
    assert picture.token in text_of(client, page_of(shop, "/danh-gia") + "?sao=anh")
    remove_review(review_id=one.pk, reason="Lộ số điện thoại", actor=make_user(is_staff=True))
    for part in ("", "/danh-gia"):
        shown = text_of(client, page_of(shop, part))
        assert "Lộ số điện thoại" in shown
        assert picture.token not in shown
        assert "Lời 1" not in shown


def test_a_question_is_public_with_its_answer(client: Client, shop: Shop, chi: User) -> None:
    question = ask(shop, chi)
    assert WORDS not in text_of(client, page_of(shop))
    answer_question(question=question, text="Dạ rang muối hạt.", actor=make_user())
    for part in ("", "/hoi-dap"):
        shown = text_of(client, page_of(shop, part))
        assert (WORDS in shown, "Dạ rang muối hạt." in shown) == (True, True)
        assert "Trần" not in shown
    remove_question(question=question, reason="Nói xấu người khác", actor=make_user(is_staff=True))
    for part in ("", "/hoi-dap"):
        shown = text_of(client, page_of(shop, part))
        assert ("Nói xấu người khác" in shown, WORDS in shown) == (True, False)


def test_an_unanswered_question_is_shown_after_three_days(
    client: Client, shop: Shop, chi: User
) -> None:
    ask(shop, chi)
    with clock.shifted(timedelta(days=3, minutes=1)):
        index_product(shop.product.pk)
        assert WORDS in text_of(client, page_of(shop))


def test_the_vendors_record_is_told_when_there_is_enough_of_it(
    client: Client, shop: Shop, chi: User
) -> None:
    for number in range(4):
        question = ask(shop, chi, f"Câu hỏi số {number} đây ạ")
        if number < 3:
            answer_question(question=question, text="Dạ có.", actor=make_user())
            Question.objects.filter(pk=question.pk).update(
                asked_at=F("answered_at") - timedelta(minutes=90)
            )
    review(shop.product, 1, rating=4)
    index_product(shop.product.pk)
    shown = text_of(client, page_of(shop))
    assert "★ 4,0 trên mọi món hàng (1 lượt)" in shown
    assert "trả lời 75 % câu hỏi, thường trong vòng 2 giờ" in shown


def test_old_addresses_of_reviews_and_questions_move_to_the_right_one(
    client: Client, shop: Shop
) -> None:
    for part in ("/danh-gia", "/hoi-dap"):
        moved = client.get(f"/san-pham/ten-cu-{shop.product.pk}{part}?trang=1")
        assert (moved.status_code, moved["Location"]) == (301, page_of(shop, part) + "?trang=1")


def test_what_people_wrote_is_escaped(client: Client, shop: Shop, chi: User) -> None:
    review(shop.product, 1, text="<script>alert(1)</script>")
    question = ask(shop, chi, "<img src=x onerror=alert(1)> ngon?")
    answer_question(question=question, text="<b>Dạ</b> có", actor=make_user())
    for part in ("", "/danh-gia", "/hoi-dap"):
        shown = text_of(client, page_of(shop, part))
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "<b>Dạ" not in shown


def test_the_first_view_takes_four_queries_and_the_next_one(
    client: Client,
    shop: Shop,
    chi: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        review(shop.product, number)
        question = ask(shop, make_user(), f"Câu hỏi số {number} đây ạ")
        answer_question(question=question, text="Dạ có.", actor=chi)
    client.get("/")
    with django_assert_max_num_queries(4):
        client.get(page_of(shop))
    with django_assert_num_queries(1):
        client.get(page_of(shop))


def test_a_member_asks_and_finds_the_question_again(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    sent = client.post(f"/hoi/{shop.product.pk}", {"text": WORDS})
    assert (sent.status_code, sent["Location"]) == (303, "/cau-hoi/?moi=1")
    assert WORDS in text_of(client, "/cau-hoi/?moi=1")
    client.force_login(make_user())
    assert WORDS not in text_of(client, "/cau-hoi/")


def test_a_wrong_question_keeps_what_was_typed(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    answer = client.post(f"/hoi/{shop.product.pk}", {"text": "Gọi tôi 0912 345 678 nhé"})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "Gọi tôi 0912 345 678 nhé</textarea>" in shown
    assert "bỏ số điện thoại" in shown


def test_a_guest_signs_in_and_finds_what_was_typed(client: Client, shop: Shop, chi: User) -> None:
    sent = client.post(f"/hoi/{shop.product.pk}", {"text": WORDS})
    assert sent["Location"] == f"/tai-khoan/dang-nhap/?next=%2Fhoi%2F{shop.product.pk}"
    client.force_login(chi)
    assert f"{WORDS}</textarea>" in text_of(client, f"/hoi/{shop.product.pk}")
    assert WORDS not in text_of(client, f"/hoi/{shop.product.pk}")
    assert not Question.objects.exists()
