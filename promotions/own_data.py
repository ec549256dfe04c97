"""What vouchers hold about a person: that one was used, by number and a keyed hash of the phone.

Both stay after an erasure: nobody can be found by them any more, and a voucher for one use per
buyer must not come back to life.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.own_data import Erasing, Kept, Part, Person
from promotions.models import Redemption

TABLES = frozenset({"promotions_redemption"})


def export(person: Person) -> Iterable[Part]:
    labels = {
        "voucher__code": _("Voucher"),
        "purchase_number": _("Order number"),
        "discount_vnd": _("Discount"),
        "at": _("When"),
    }
    mine = Redemption.objects.filter(buyer_id=person.user_id).order_by("id")
    yield Part("vouchers", _("Vouchers used"), labels, list(mine.values(*labels)))


def hindrances(person: Person) -> Iterable[str]:
    return ()


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    """Nothing to erase: see above."""
