"""Questions with answers, and photos of reviews: what people say about the demo's goods."""

import random
from collections.abc import Iterator
from datetime import timedelta

from accounts.models import User
from catalog.models import Product, ProductPicture, Question, Review, ReviewPhoto
from catalog.rules import ANSWER_WITHIN
from marketplace import demo_accounts
from marketplace.seeding import texts
from marketplace.seeding.sheets import Making

ASKED_ABOUT = 120  # the goods that are bought most
WAITING = 2  # unanswered ones for each of the two vendors that people try first
PHOTOS = 60


def add_voices(making: Making) -> None:
    """Some questions per well-sold product, a few unanswered ones, photos beside some reviews."""
    chance = random.Random(making.now.toordinal())  # noqa: S311 no secret
    people = list(User.objects.filter(is_staff=False).order_by("pk")[:60])
    goods = list(
        Product.objects.public()
        .select_related("vendor", "category")
        .order_by("-sold_count", "pk")[:ASKED_ABOUT]
    )
    Question.objects.bulk_create(
        [
            *(one for product in goods for one in _answered(making, product, people, chance)),
            *_waiting(making, people, chance),
        ]
    )
    _photos(chance)


def _answered(
    making: Making, product: Product, people: list[User], chance: random.Random
) -> Iterator[Question]:
    pools = texts.read("questions")
    pool = [*pools["any"], *pools.get(product.category.commodity, [])]
    for text, answer in chance.sample(pool, chance.randint(1, min(4, len(pool)))):
        question = _asked(making, product, text, people, chance, days=chance.uniform(4, 60))
        answered_at = question.asked_at + timedelta(hours=chance.uniform(0.3, 30))
        question.answer, question.answered_at = answer, answered_at
        question.answered_by_id = product.vendor.members.values_list("user_id", flat=True).first()
        question.public_from = answered_at
        yield question


def _waiting(making: Making, people: list[User], chance: random.Random) -> Iterator[Question]:
    emails = (demo_accounts.COOPERATIVE, demo_accounts.HOUSEHOLD)
    own = Product.objects.public().filter(vendor__members__user__email__in=emails)
    texts_any = [text for text, _answer in texts.read("questions")["any"]]
    for product in own.order_by("-sold_count", "pk")[: WAITING * len(emails)]:
        text = chance.choice(texts_any)
        yield _asked(making, product, text, people, chance, days=chance.uniform(0.1, 2))


def _asked(
    making: Making,
    product: Product,
    text: str,
    people: list[User],
    chance: random.Random,
    *,
    days: float,
) -> Question:
    author = chance.choice(people)
    asked_at = making.now - timedelta(days=days)
    return Question(
        product=product,
        author=author,
        author_name=chance.choice(texts.read("questions")["names"]),
        text=text,
        asked_at=asked_at,
        public_from=asked_at + ANSWER_WITHIN.span(),
    )


def _photos(chance: random.Random) -> None:
    """A picture of the same goods stands for what a buyer would have taken."""
    reviews = list(Review.objects.exclude(text="").order_by("-created_at", "pk")[: PHOTOS * 3])
    chosen = chance.sample(reviews, min(PHOTOS, len(reviews)))
    shown = dict(
        ProductPicture.objects.filter(product__in=[one.product_id for one in chosen]).values_list(
            "product_id", "picture_id"
        )
    )
    ReviewPhoto.objects.bulk_create(
        ReviewPhoto(review=one, picture_id=shown[one.product_id])
        for one in chosen
        if one.product_id in shown
    )
