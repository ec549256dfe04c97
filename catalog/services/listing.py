"""What a vendor does with its goods: prepare, send in, pause, end."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import ProductIncomplete, ProductLocked, VendorNotApproved
from catalog.locks import locked_product
from catalog.models import Product
from catalog.services.moves import move_product
from catalog.services.specs import settled
from catalog.services.texts import apply_changes, read_changes
from catalog.states import ProductState
from core import audit, clock
from core.errors import InvalidInput
from core.models import PictureState
from vendors.models import Vendor

EDITABLE = frozenset({ProductState.DRAFT, ProductState.CHANGES_REQUESTED})


def create_product(*, vendor: Vendor, fields: Mapping[str, Any], actor: User) -> Product:
    """A draft of a vendor; needs `name_vi` and `category_id`, the rest may follow.

    `fields` as in `texts.FIELDS`; "pictures" and "papers" are lists of ids in order. Nothing is
    public before staff approve. Raises BadFields.
    """
    given = {"name_vi": "", "category_id": None, **fields}
    with transaction.atomic():
        read = settled(read_changes(given, vendor=vendor), grade="", specs=[])
        product = Product(vendor=vendor, category_id=read["category_id"])
        apply_changes(product, read)
        audit.record(actor=actor, action="product.create", subject=("product", str(product.pk)))
        return product


def edit_product(*, product: Product, fields: Mapping[str, Any], actor: User) -> Product:
    """Change a draft, or what staff asked to be changed; locks the product.

    Raises ProductLocked when it was already approved (see `revisions`) or is being looked at, and
    BadFields.
    """
    with transaction.atomic():
        locked = locked_product(product.pk)
        if locked.state not in EDITABLE:
            raise ProductLocked()
        read = read_changes(fields, vendor=locked.vendor)
        apply_changes(locked, settled(read, grade=locked.grade, specs=locked.specs))
        audit.record(
            actor=actor,
            action="product.edit",
            subject=("product", str(locked.pk)),
            change=({}, {"fields": sorted(fields)}),
        )
        return locked


def what_is_missing(product: Product) -> dict[str, object]:
    """What must be there before staff can look; field -> a sentence, empty when complete."""
    missing: dict[str, object] = {}
    if not product.description_vi and not product.summary_vi:
        missing["description_vi"] = _("Describe the product in a few sentences.")
    if not product.variants.filter(archived_at__isnull=True).exists():
        missing["variants"] = _("Add at least one pack size with its price.")
    if not product.pictures.exclude(picture__state=PictureState.REFUSED).exists():
        missing["pictures"] = _("Add at least one photo.")
    return missing


def submit_product(*, product: Product, actor: User) -> Product:
    """Send a product to the province. Locks it; submitting twice is a no-op.

    Emits `product.submitted`. Raises VendorNotApproved, ProductIncomplete, BadMove.
    """
    with transaction.atomic():
        locked = locked_product(product.pk)
        if locked.state == ProductState.SUBMITTED:
            return locked
        if not locked.vendor.is_public:
            raise VendorNotApproved()
        missing = what_is_missing(locked)
        if missing:
            raise ProductIncomplete(missing)
        locked.submitted_at = clock.now()
        locked.change_reasons = {}
        move_product(
            product=locked,
            to_state=ProductState.SUBMITTED,
            topic="product.submitted",
            actor=actor,
        )
        return locked


def pause_product(*, product: Product, actor: User) -> Product:
    """Take a live product off the shop until it is resumed; twice is a no-op. Raises BadMove."""
    return _move(product, ProductState.PAUSED, "product.paused", actor)


def resume_product(*, product: Product, actor: User) -> Product:
    """Show a paused product again; twice is a no-op. Raises ProductLocked: only staff can put back
    what staff took down."""
    with transaction.atomic():
        locked = locked_product(product.pk)
        if locked.state not in {ProductState.PAUSED, ProductState.LIVE}:
            raise ProductLocked()
        return _move(locked, ProductState.LIVE, "product.resumed", actor)


def archive_product(*, product: Product, actor: User) -> Product:
    """End a product for good; its orders and reviews keep referring to it. Twice is a no-op."""
    return _move(product, ProductState.ARCHIVED, "product.archived", actor)


def _move(product: Product, to_state: str, topic: str, actor: User) -> Product:
    with transaction.atomic():
        locked = locked_product(product.pk)
        if locked.state != to_state:
            move_product(product=locked, to_state=to_state, topic=topic, actor=actor)
        return locked


def checked_reason(text: str, *, field: str = "note") -> str:
    """A reason that somebody will read; raises InvalidInput when it is empty."""
    clean = text.strip()[:500]
    if not clean:
        raise InvalidInput("note_missing", _("Write why. The vendor will read it."), field=field)
    return clean
