"""What people say about goods: reviews with photos and stars, questions with answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Question, Review, ReviewPhoto
from catalog.selectors.types import QuestionView, ReviewView, VendorFacts
from core import clock
from core.models import PictureState
from vendors.models import Vendor

FIRST_REVIEWS, FIRST_QUESTIONS = 3, 2
REVIEWS_PER_PAGE = QUESTIONS_PER_PAGE = 10
# Fewer answers than this say nothing about how fast a vendor answers.
LEAST_ANSWERS = 3

# One row: the first reviews and questions of a product, their figures, and those of its vendor.
FIRST = """
SELECT
  (SELECT json_agg(one) FROM (
    SELECT id, author_name, rating, text, answer, created_at, edited_at, removed_reason,
      ARRAY(SELECT picture.token FROM catalog_reviewphoto photo
        JOIN core_picture picture ON picture.id = photo.picture_id
        WHERE photo.review_id = review.id AND picture.state = 'ready'
        ORDER BY photo.position, photo.id) AS photo_tokens
    FROM catalog_review review WHERE product_id = %(product)s
    ORDER BY created_at DESC, id DESC LIMIT %(reviews)s) one),
  (SELECT json_object_agg(rating, number) FROM (
    SELECT rating, count(*) AS number FROM catalog_review
    WHERE product_id = %(product)s AND removed_reason = '' GROUP BY rating) stars),
  (SELECT count(*) FROM catalog_review WHERE product_id = %(product)s),
  (SELECT json_agg(one) FROM (
    SELECT id, author_name, language, text, asked_at, answer, answered_at, removed_reason
    FROM catalog_question WHERE product_id = %(product)s AND public_from <= %(now)s
    ORDER BY answered_at IS NULL, asked_at DESC, id DESC LIMIT %(questions)s) one),
  (SELECT count(*) FROM catalog_question
    WHERE product_id = %(product)s AND public_from <= %(now)s),
  (SELECT json_build_object('stars', sum(rating_sum), 'ratings', sum(rating_count))
    FROM catalog_product WHERE vendor_id = %(vendor)s AND state = 'live'),
  (SELECT json_build_object('asked', count(*), 'answered', count(answered_at), 'minutes',
      percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM answered_at - asked_at) / 60))
    FROM catalog_question question JOIN catalog_product product ON product.id = product_id
    WHERE product.vendor_id = %(vendor)s AND removed_at IS NULL
      AND asked_at > %(now)s - interval '180 days')
"""


@dataclass(frozen=True, slots=True)
class Voices:
    """What the product page says of reviews, questions and the vendor's record."""

    reviews: tuple[ReviewView, ...]
    stars: tuple[int, ...]  # how many gave five stars, four, … one
    review_count: int  # removed ones too: their mark stays
    questions: tuple[QuestionView, ...]
    question_count: int
    facts: VendorFacts


@dataclass(frozen=True, slots=True)
class ReviewPage:
    reviews: tuple[ReviewView, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class QuestionPage:
    questions: tuple[QuestionView, ...]
    total: int
    page: int
    pages: int


def first_voices(product_id: int, vendor: Vendor) -> Voices:
    """The newest reviews and questions and all figures, in one query."""
    params: dict[str, int | datetime] = {
        "product": product_id,
        "vendor": vendor.pk,
        "now": clock.roughly_now(),
        "reviews": FIRST_REVIEWS,
        "questions": FIRST_QUESTIONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRST, params)
        reviews, stars, count, questions, asked, rated, answers = cursor.fetchone()
    return Voices(
        reviews=tuple(_review(row) for row in reviews or ()),
        stars=tuple((stars or {}).get(str(number), 0) for number in (5, 4, 3, 2, 1)),
        review_count=count,
        questions=tuple(_question(row) for row in questions or ()),
        question_count=asked,
        facts=_facts(vendor, rated, answers),
    )


def list_reviews(
    product_id: int, *, rating: int = 0, with_photos: bool = False, page: int = 1
) -> ReviewPage:
    """All reviews, the newest first; removed ones keep their place and say why.

    Narrowed by stars or photos, removed ones are left out: nobody sees what they held.
    """
    found = Review.objects.filter(product_id=product_id)
    if rating:
        found = found.filter(rating=rating, removed_reason="")
    if with_photos:
        shown = _photos().filter(review=OuterRef("pk"))
        found = found.filter(Exists(shown), removed_reason="")
    total, start = found.count(), (page - 1) * REVIEWS_PER_PAGE
    tokens = ArraySubquery(_photos().filter(review=OuterRef("pk")).values("picture__token"))
    rows = found.annotate(photo_tokens=tokens).order_by("-created_at", "-id").values()
    return ReviewPage(
        reviews=tuple(_review(row) for row in rows[start : start + REVIEWS_PER_PAGE]),
        total=total,
        page=page,
        pages=max(1, -(-total // REVIEWS_PER_PAGE)),
    )


def list_questions(product_id: int, *, page: int = 1) -> QuestionPage:
    """All public questions of a product, the newest first."""
    found = public_questions().filter(product_id=product_id)
    total, start = found.count(), (page - 1) * QUESTIONS_PER_PAGE
    rows = found.order_by("-asked_at", "-id").values()
    return QuestionPage(
        questions=tuple(_question(row) for row in rows[start : start + QUESTIONS_PER_PAGE]),
        total=total,
        page=page,
        pages=max(1, -(-total // QUESTIONS_PER_PAGE)),
    )


def public_questions() -> QuerySet[Question]:
    """Those that everybody sees by now."""
    return Question.objects.filter(public_from__lte=clock.roughly_now())


def _photos() -> QuerySet[ReviewPhoto]:
    usable = Q(picture__state=PictureState.READY)
    return ReviewPhoto.objects.filter(usable).order_by("position", "id")


def _review(row: Mapping[str, Any]) -> ReviewView:
    is_removed = bool(row["removed_reason"])
    return ReviewView(
        id=row["id"],
        author=row["author_name"],
        rating=row["rating"],
        text="" if is_removed else row["text"],
        answer="" if is_removed else row["answer"],
        at=_moment(row["created_at"]),
        removed_reason=row["removed_reason"],
        photos=() if is_removed else tuple(row["photo_tokens"]),
        is_edited=row["edited_at"] is not None,
    )


def _question(row: Mapping[str, Any]) -> QuestionView:
    is_removed = bool(row["removed_reason"])
    return QuestionView(
        id=row["id"],
        author=row["author_name"],
        language=row["language"],
        text="" if is_removed else row["text"],
        at=_moment(row["asked_at"]),
        answer="" if is_removed else row["answer"],
        removed_reason=row["removed_reason"],
    )


def _facts(vendor: Vendor, rated: Mapping[str, Any], answers: Mapping[str, Any]) -> VendorFacts:
    ratings, stars = rated["ratings"] or 0, rated["stars"] or 0
    enough = answers["answered"] >= LEAST_ANSWERS
    return VendorFacts(
        since=(vendor.approved_at or vendor.created_at).date(),
        rating_tenths=(stars * 20 + ratings) // (2 * ratings) if ratings else 0,
        ratings=ratings,
        answer_minutes=round(answers["minutes"]) if enough else None,
        answered_percent=answers["answered"] * 100 // answers["asked"] if enough else None,
    )


def _moment(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
