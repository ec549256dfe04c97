"""Goods on a person's own list, and the vendors that somebody follows."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import SearchEntry, VendorFollow, Wish
from catalog.rules import MOST_WISHES
from core import clock
from core.errors import NotFound, TooMany
from vendors.models import Vendor

# Whoever begins to follow sees what came in the last weeks as new.
LOOK_BACK = timedelta(days=14)


def keep_wish(*, product_id: int, user: User) -> Wish:
    """Put a public product on somebody's list with its price of now; twice keeps the first.

    Raises NotFound, TooMany above the dated number. Locks the person's row.
    """
    with transaction.atomic():
        price = SearchEntry.objects.filter(pk=product_id).values_list("price_vnd", flat=True)
        found = price.first()
        if found is None:
            raise NotFound()
        User.objects.select_for_update().get(pk=user.pk)
        mine = Wish.objects.filter(user=user)
        if not mine.filter(product_id=product_id).exists():
            _check_room(mine.count())
        wish, _is_new = mine.get_or_create(
            user=user,
            product_id=product_id,
            defaults={"price_vnd": found, "added_at": clock.now()},
        )
        return wish


def drop_wish(*, product_id: int, user: User) -> None:
    """Take a product off somebody's own list; twice is a no-op."""
    Wish.objects.filter(user=user, product_id=product_id).delete()


def follow_vendor(*, vendor_id: int, user: User) -> VendorFollow:
    """Follow a vendor whose goods are shown; twice keeps the first. Raises NotFound."""
    vendor = Vendor.objects.public().filter(pk=vendor_id).first()
    if vendor is None:
        raise NotFound()
    now = clock.now()
    follow, _is_new = VendorFollow.objects.get_or_create(
        user=user, vendor=vendor, defaults={"since": now, "seen_at": now - LOOK_BACK}
    )
    return follow


def unfollow_vendor(*, vendor_id: int, user: User) -> None:
    """Follow no longer; twice is a no-op."""
    VendorFollow.objects.filter(user=user, vendor_id=vendor_id).delete()


def mark_seen(*, user: User) -> None:
    """The new goods of all followed vendors have been looked at."""
    VendorFollow.objects.filter(user=user).update(seen_at=clock.now())


def _check_room(count: int) -> None:
    most = MOST_WISHES.value()
    if count >= most:
        sentence = _("Your list is full: it holds %(most)s goods. Take one out first.")
        raise TooMany("wishes_full", sentence, most=most)
