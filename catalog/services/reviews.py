"""Reviews: written by who received the goods, answered by the vendor, removed with a reason.

Who received what is known above (`orders.services.reviewing`); here are the words, the stars and
the figures of the product.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import ReviewClosed
from catalog.locks import locked_product
from catalog.models import Product, Review, ReviewPhoto
from catalog.services.indexing import index_product
from core import audit, clock, files, limits, outbox, pictures
from core.errors import BadFields, DomainError, InvalidInput, NotAllowed, NotFound
from vietnam.text import nfc

LONGEST = 2000
MOST_PHOTOS = 5
GUESTS_PER_HOUR = 60  # photos of one purchase; accounts are counted where files are kept


@dataclass(frozen=True, slots=True)
class Words:
    """What a buyer says: 1 to 5 stars, a text if they like, photos; `keep_photos` keeps the old
    ones when nothing new is sent."""

    rating: int
    text: str
    photos: Sequence[files.Upload] = ()
    keep_photos: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """Which delivered purchase it is about, and who is shown as its author."""

    product_id: int
    order_number: str
    author_name: str
    author_id: int | None


def write_review(*, about: About, words: Words, actor: audit.Actor) -> Review:
    """Write the one review of this product in this order; the second time changes it.

    The caller has proved that the goods were delivered to `actor`. Stars, figures of the product
    and its search entry change together. Locks the product. Emits `review.written` the first time.
    Raises BadFields, InvalidInput (photos), ReviewClosed for one that was taken down.
    """
    text = _checked(words)
    photos = _store(words.photos, actor)
    with transaction.atomic():
        product = locked_product(about.product_id)
        known = Review.objects.filter(product=product, order_number=about.order_number).first()
        if known is not None and known.removed_reason:
            raise ReviewClosed()
        if known is None:
            review = _create(about, words.rating, text)
        else:
            review = _change(known, words.rating, text)
        if photos or not words.keep_photos:
            _set_photos(review, photos)
        index_product(product.pk)
        return review


def answer_review(*, review_id: int, vendor_id: int, text: str, actor: User) -> Review:
    """The vendor's public answer; a later one replaces it. Audited; emits `review.answered`.

    Raises NotFound for a review of somebody else's goods, InvalidInput for an empty or long text.
    """
    words = _clean(text)
    if not 1 <= len(words) <= LONGEST:
        raise InvalidInput(
            "answer_length", _("Please write an answer of at most 2,000 characters."), field="text"
        )
    with transaction.atomic():
        review = _locked(review_id)
        if review.product.vendor_id != vendor_id:
            raise NotFound()
        if review.answer == words:
            return review
        is_first = not review.answer
        review.answer, review.answered_at = words, clock.now()
        review.save(update_fields=["answer", "answered_at"])
        audit.record(
            actor=actor, action="review.answer", subject=("review", str(review.pk)), reason=words
        )
        if is_first:
            outbox.emit("review.answered", key=f"review:{review.pk}", review_id=review.pk)
        index_product(review.product_id)
        return review


def remove_review(*, review_id: int, reason: str, actor: User) -> Review:
    """Take text and photos off the page; the reason stands there instead, and the stars don't
    count any more. For ever: nothing is hidden silently. Audited; emits `review.removed`.

    Twice is safe: the first reason stays. Raises InvalidInput without a reason, NotAllowed for
    whoever works for the vendor.
    """
    words = _clean(reason)
    if not 5 <= len(words) <= 500:
        raise InvalidInput(
            "reason_missing",
            _("Please write the reason: it stands on the page instead of the review."),
            field="reason",
        )
    with transaction.atomic():
        review = _locked(review_id)
        if review.removed_reason:
            return review
        if review.product.vendor.members.filter(user=actor, removed_at=None).exists():
            raise NotAllowed()
        review.removed_reason, review.removed_at = words, clock.now()
        review.save(update_fields=["removed_reason", "removed_at"])
        _count(review.product_id, stars=-review.rating, reviews=-1)
        audit.record(
            actor=actor, action="review.remove", subject=("review", str(review.pk)), reason=words
        )
        outbox.emit("review.removed", key=f"review:{review.pk}", review_id=review.pk)
        index_product(review.product_id)
        return review


def can_change(review: Review, *, within: timedelta) -> bool:
    """Whether its author may still change it."""
    return not review.removed_reason and clock.now() < review.created_at + within


def _locked(review_id: int) -> Review:
    """The review, locked after its product; raises NotFound."""
    product_id = Review.objects.filter(pk=review_id).values_list("product_id", flat=True).first()
    if product_id is None:
        raise NotFound()
    product = locked_product(product_id)
    review = Review.objects.select_for_update(of=("self",)).get(pk=review_id)
    review.product = product
    return review


def _create(about: About, rating: int, text: str) -> Review:
    review = Review.objects.create(
        product_id=about.product_id,
        order_number=about.order_number,
        author_name=about.author_name[:80],
        author_id=about.author_id,
        rating=rating,
        text=text,
        created_at=clock.now(),
    )
    _count(about.product_id, stars=rating, reviews=1)
    outbox.emit("review.written", key=f"review:{review.pk}", review_id=review.pk)
    return review


def _change(review: Review, rating: int, text: str) -> Review:
    if (review.rating, review.text) != (rating, text):
        _count(review.product_id, stars=rating - review.rating, reviews=0)
        review.rating, review.text, review.edited_at = rating, text, clock.now()
        review.save(update_fields=["rating", "text", "edited_at"])
    return review


def _count(product_id: int, *, stars: int, reviews: int) -> None:
    """The product's sums follow its reviews; the product is locked."""
    Product.objects.filter(pk=product_id).update(
        rating_sum=F("rating_sum") + stars, rating_count=F("rating_count") + reviews
    )


def _checked(words: Words) -> str:
    text = _clean(words.text)
    errors: dict[str, DomainError] = {}
    if not 1 <= words.rating <= 5:
        errors["rating"] = InvalidInput(
            "rating_missing", _("Please choose one to five stars."), field="rating"
        )
    if len(text) > LONGEST:
        errors["text"] = InvalidInput(
            "text_long", _("This text is too long. Shorten it to 2,000 characters."), field="text"
        )
    if len(words.photos) > MOST_PHOTOS:
        errors["photos"] = InvalidInput(
            "too_many_photos",
            _("Choose at most %(most)s photos."),
            field="photos",
            most=MOST_PHOTOS,
        )
    if errors:
        raise BadFields(errors)
    return text


def _store(uploads: Sequence[files.Upload], actor: audit.Actor) -> list[int]:
    """Pictures for the page; the worker makes their widths, without place or camera in them."""
    counted = actor if actor.pk is not None else None
    for _upload in uploads if counted is None else ():
        limits.check("upload", actor.audit_label(), limit=GUESTS_PER_HOUR, per_seconds=3600)
    stored = [
        files.store_upload(upload, purpose="photo", field="photos", actor=counted)
        for upload in uploads
    ]
    return [pictures.take(one).pk for one in stored]


def _set_photos(review: Review, picture_ids: Sequence[int]) -> None:
    review.photos.all().delete()
    ReviewPhoto.objects.bulk_create(
        ReviewPhoto(review=review, picture_id=pk, position=position)
        for position, pk in enumerate(picture_ids)
    )


def _clean(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").replace("\x00", "").strip()
