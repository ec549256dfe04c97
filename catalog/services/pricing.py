"""Sale units and their prices: they change at once, and every change is audited."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import BadPrice, ProductLocked
from catalog.locks import locked_product, locked_variant
from catalog.models import Product, Variant
from catalog.services import stock as stock_services
from catalog.services.indexing import index_product
from catalog.states import ProductState
from core import audit, clock
from core.errors import BadFields, DomainError, InvalidInput
from core.money import MAX_PRICE_VND
from vietnam.money import format_vnd
from vietnam.text import nfc

MIN_PRICE_VND = 500
MAX_GRAMS = 100_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A sale unit as the vendor describes it; `gross_grams` 0 means a tenth more than net."""

    name_vi: str
    net_grams: int
    price_vnd: int
    name_en: str = ""
    sku: str = ""
    gross_grams: int = 0


def add_variant(*, product: Product, unit: Unit, on_hand: int = 0, actor: User) -> Variant:
    """Add a sale unit with its first stock; on a live product it is for sale at once.

    Locks the product. Raises BadFields, BadQuantity, ProductLocked for an archived product.
    """
    _check(unit)
    with transaction.atomic():
        locked = locked_product(product.pk)
        if locked.state == ProductState.ARCHIVED:
            raise ProductLocked()
        position = locked.variants.count()
        variant = locked.variants.create(
            name_vi=nfc(unit.name_vi).strip(),
            name_en=nfc(unit.name_en).strip(),
            sku=_free_sku(locked, unit.sku.strip(), position),
            net_grams=unit.net_grams,
            gross_grams=unit.gross_grams or unit.net_grams + unit.net_grams // 10,
            price_vnd=unit.price_vnd,
            position=position,
        )
        variant.stock = stock_services.set_on_hand(
            variant=variant, on_hand=on_hand, actor_id=actor.pk
        )
        _record(variant, actor, "variant.add", ({}, {"price_vnd": unit.price_vnd}))
        index_product(locked.pk)
        return variant


def set_price(*, variant: Variant, price_vnd: int, actor: User) -> Variant:
    """Change the price at once; orders already placed keep theirs. The same price is a no-op.

    Locks product, then variant; audited. Raises BadPrice.
    """
    _check_price(price_vnd)
    with transaction.atomic():
        locked = locked_variant(variant.pk)
        before = locked.price_vnd
        if before != price_vnd:
            locked.price_vnd = price_vnd
            locked.save(update_fields=["price_vnd"])
            _record(
                locked, actor, "variant.price", ({"price_vnd": before}, {"price_vnd": price_vnd})
            )
            index_product(locked.product_id)
        return locked


def archive_variant(*, variant: Variant, actor: User) -> Variant:
    """Stop selling a unit; twice is a no-op. Raises ProductLocked for live goods' last one."""
    with transaction.atomic():
        locked = locked_variant(variant.pk)
        if locked.archived_at is not None:
            return locked
        others = locked.product.variants.filter(archived_at__isnull=True).exclude(pk=locked.pk)
        if locked.product.state == ProductState.LIVE and not others.exists():
            raise ProductLocked(
                "last_variant", _("This is the only pack size left. Pause the product instead.")
            )
        locked.archived_at = clock.now()
        locked.save(update_fields=["archived_at"])
        _record(locked, actor, "variant.archive", ({}, {}))
        index_product(locked.product_id)
        return locked


def _check(unit: Unit) -> None:
    errors: dict[str, DomainError] = {}
    if not 1 <= len(unit.name_vi.strip()) <= 80:
        errors["name_vi"] = InvalidInput(
            "name_missing", _("Name the pack size, such as “500 g pack”."), field="name_vi"
        )
    if not 1 <= unit.net_grams <= MAX_GRAMS:
        errors["net_grams"] = InvalidInput(
            "bad_weight", _("Enter the net weight in grams."), field="net_grams"
        )
    try:
        _check_price(unit.price_vnd)
    except BadPrice as error:
        errors["price_vnd"] = error
    if errors:
        raise BadFields(errors)


def _check_price(price_vnd: int) -> None:
    if not MIN_PRICE_VND <= price_vnd <= MAX_PRICE_VND:
        raise BadPrice(
            field="price_vnd", low=format_vnd(MIN_PRICE_VND), high=format_vnd(MAX_PRICE_VND)
        )


def _free_sku(product: Product, sku: str, position: int) -> str:
    taken = set(product.variants.filter(archived_at__isnull=True).values_list("sku", flat=True))
    wished = sku[:60] or f"SP{product.pk}-{position + 1}"
    if wished in taken:
        raise InvalidInput("sku_taken", _("Another pack size has this code."), field="sku")
    return wished


def _record(
    variant: Variant,
    actor: User,
    action: str,
    change: tuple[dict[str, object], dict[str, object]],
) -> None:
    subject = ("product", str(variant.product_id))
    before, after = change
    after = {"variant": variant.pk, **after}
    audit.record(actor=actor, action=action, subject=subject, change=(before, after))
