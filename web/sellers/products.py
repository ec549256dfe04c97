"""Products: the list with price and stock at hand, one product, its pack sizes."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from catalog.locks import locked_product
from catalog.models import Product, ProductPicture, Variant
from catalog.services import listing, pricing, revisions
from catalog.services import stock as stock_services
from catalog.services.listing import EDITABLE
from catalog.states import ProductState
from core.numbers import grouped
from web.sellers.access import Desk, desk_page, product_page, variant_page
from web.sellers.home import LOW_STOCK
from web.sellers.new_product import UNNAMED, missing_steps, unit_from
from web.sellers.pages import accepts, posted, show, show_form, try_or_say
from web.sellers.photos import shot, shots_of
from web.sellers.product_forms import QuickPriceForm, QuickStockForm, VariantForm
from web.sellers.undo import offer_undo
from web.sellers.units import UNITS
from web.templatetags.sellers import in_words

PER_PAGE = 20
SHOWN = {
    "all": pgettext_lazy("products", "All"),
    "live": pgettext_lazy("products", "On sale"),
    "low": pgettext_lazy("products", "Nearly sold out"),
    "fix": pgettext_lazy("products", "To mend"),
    "waiting": pgettext_lazy("products", "Being checked"),
    "draft": pgettext_lazy("products", "Drafts"),
    "paused": pgettext_lazy("products", "Paused"),
}
STATES = {
    "live": (ProductState.LIVE,),
    "fix": (ProductState.CHANGES_REQUESTED, ProductState.TAKEN_DOWN),
    "waiting": (ProductState.SUBMITTED,),
    "draft": (ProductState.DRAFT,),
    "paused": (ProductState.PAUSED,),
}


@desk_page("GET")
def product_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _list(request, desk, {})


@product_page("GET")
def product_detail(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    return _detail(request, desk, product, {})


@variant_page("POST")
def quick_price(request: HttpRequest, desk: Desk, variant: Variant) -> HttpResponse:
    """A new price, at once; the old one comes back by undo."""
    form, before = QuickPriceForm(request.POST), variant.price_vnd

    def act() -> object:
        wanted = form.cleaned_data["price_vnd"]
        return pricing.set_price(variant=variant, price_vnd=wanted, actor=desk.user)

    if not (form.is_valid() and accepts(form, act)):
        return _wrong(request, desk, variant, form, "price_vnd")
    after = form.cleaned_data["price_vnd"]
    text = _("%(name)s: the price is now %(price)s.") % {
        "name": variant.name_vi,
        "price": in_words(after),
    }
    if after != before:
        offer_undo(request, desk, text, "price", variant.pk, before=before, after=after)
    return _back(request, variant)


@variant_page("POST")
def quick_stock(request: HttpRequest, desk: Desk, variant: Variant) -> HttpResponse:
    """A new count, at once; the old one comes back by undo."""
    form, before = QuickStockForm(request.POST), variant.stock.on_hand

    def act() -> object:
        wanted = form.cleaned_data["on_hand"]
        return stock_services.set_on_hand(variant=variant, on_hand=wanted, actor_id=desk.user.pk)

    if not (form.is_valid() and accepts(form, act)):
        return _wrong(request, desk, variant, form, "on_hand")
    after = form.cleaned_data["on_hand"]
    text = _("%(name)s: %(count)s in stock now.") % {
        "name": variant.name_vi,
        "count": grouped(after),
    }
    if after != before:
        offer_undo(request, desk, text, "stock", variant.pk, before=before, after=after)
    return _back(request, variant)


@product_page("POST")
def pause(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    if try_or_say(request, lambda: listing.pause_product(product=product, actor=desk.user)):
        offer_undo(request, desk, _("Paused. Buyers don't see it now."), "pause", product.pk)
    return redirect("sellers:product", product_id=product.pk)


@product_page("POST")
def resume(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    if try_or_say(request, lambda: listing.resume_product(product=product, actor=desk.user)):
        offer_undo(request, desk, _("On sale again."), "resume", product.pk)
    return redirect("sellers:product", product_id=product.pk)


@product_page("GET", "POST")
def variant_add(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """One more pack size; on a live product it is for sale at once. Sent twice, it is still one."""
    form = VariantForm(posted(request), initial={"unit": "pack", "weight_unit": "g"})
    if form.is_valid() and accepts(form, lambda: _add_unit(desk, product, form.cleaned_data)):
        return redirect("sellers:product", product_id=product.pk)
    units = list(UNITS.values())
    context = {"section": "products", "product": product, "form": form, "units": units}
    return show_form(request, desk, "variant_add", context)


@variant_page("POST")
def variant_remove(request: HttpRequest, desk: Desk, variant: Variant) -> HttpResponse:
    on_hand = variant.stock.on_hand
    if try_or_say(request, lambda: pricing.archive_variant(variant=variant, actor=desk.user)):
        text = _("%(name)s is no longer sold.") % {"name": variant.name_vi}
        offer_undo(request, desk, text, "unit", variant.pk, on_hand=on_hand)
    return redirect("sellers:product", product_id=variant.product_id)


def goods_shown(desk: Desk, shown: str) -> QuerySet[Product]:
    """The vendor's products under one chip, the newest first."""
    goods = Product.objects.for_vendor(desk.vendor).exclude(state=ProductState.ARCHIVED)
    if shown in STATES:
        goods = goods.filter(state__in=STATES[shown])
    elif shown == "low":
        low = Q(
            variants__archived_at__isnull=True,
            variants__stock__on_hand__lt=F("variants__stock__held") + LOW_STOCK,
        )
        goods = goods.filter(low, state=ProductState.LIVE).distinct()
    units = Variant.objects.filter(archived_at__isnull=True).select_related("stock")
    photos = ProductPicture.objects.select_related("picture")
    return goods.order_by("-pk").prefetch_related(
        Prefetch("variants", units), Prefetch("pictures", photos)
    )


def _list(
    request: HttpRequest, desk: Desk, wrong: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shown = request.GET.get("show", "")
    if shown not in SHOWN:
        shown = "all"
    page = Paginator(goods_shown(desk, shown), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(product) for product in page.object_list]
    context = {
        "section": "products",
        "shown": shown,
        "chips": [{"key": key, "label": label} for key, label in SHOWN.items()],
        "page": page,
        "rows": rows,
        "wrong": wrong,
        "low_stock": LOW_STOCK,
        "query": f"?{urlencode({'show': shown, 'page': page.number, 'from': 'list'})}",
    }
    return show(request, desk, "products", context, status=status)


def _row(product: Product) -> dict[str, Any]:
    photos = [shot(each.picture) for each in product.pictures.all()]
    return {
        "product": product,
        "photo": photos[0] if photos else None,
        "variants": list(product.variants.all()),
        "is_unnamed": product.name_vi == UNNAMED,
    }


def _detail(
    request: HttpRequest,
    desk: Desk,
    product: Product,
    wrong: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    units = product.variants.filter(archived_at__isnull=True).select_related("stock")
    decisions = [
        {"at": made.at, "label": ProductState(made.to_state).label, "note": made.note}
        for made in product.decisions.order_by("-pk")[:10]
    ]
    context = {
        "section": "products",
        "product": product,
        "is_unnamed": product.name_vi == UNNAMED,
        "photos": shots_of(product),
        "variants": list(units),
        "reasons": _reasons(product),
        "missing": missing_steps(product) if product.state in EDITABLE else [],
        "can_edit": product.state in EDITABLE,
        "waiting": revisions.find_waiting(product),
        "decisions": decisions,
        "wrong": wrong,
        "low_stock": LOW_STOCK,
        "query": "",
        "shop_url": reverse("buyers:product", kwargs={"slug": product.slug, "pk": product.pk}),
    }
    return show(request, desk, "product", context, status=status)


# The screen of a draft on which each field is changed.
SCREENS = {
    "pictures": "sellers:step_photo",
    "name_vi": "sellers:step_name",
    "category_id": "sellers:step_name",
    "grade": "sellers:step_name",
    "variants": "sellers:step_price",
    "description_vi": "sellers:step_send",
    "papers": "sellers:step_send",
}


def _reasons(product: Product) -> list[dict[str, str]]:
    return [
        {"text": text, "url": _screen_of(field, product)}
        for field, text in product.change_reasons.items()
    ]


def _screen_of(field: str, product: Product) -> str:
    name = SCREENS.get(field, "sellers:product_edit")
    return reverse(name, kwargs={"product_id": product.pk})


def _wrong(
    request: HttpRequest, desk: Desk, variant: Variant, form: forms.Form, field: str
) -> HttpResponse:
    """The page the form stood on, with what was typed and what to do beside it."""
    sentences = [str(text) for errors in form.errors.values() for text in errors]
    wrong = {
        "variant": variant.pk,
        "id": f"{'p' if field == 'price_vnd' else 's'}{variant.pk}",
        "field": field,
        "typed": request.POST.get(field, ""),
        "text": sentences[0],
    }
    if request.GET.get("from") == "list":
        return _list(request, desk, wrong, status=422)
    return _detail(request, desk, variant.product, wrong, status=422)


def _back(request: HttpRequest, variant: Variant) -> HttpResponse:
    """To the list as it was, or to the product."""
    if request.GET.get("from") == "list":
        shown = {key: request.GET[key] for key in ("show", "page") if key in request.GET}
        return redirect(f"{reverse('sellers:products')}?{urlencode(shown)}#u{variant.pk}")
    return redirect("sellers:product", product_id=variant.product_id)


def _add_unit(desk: Desk, product: Product, data: dict[str, Any]) -> None:
    unit = unit_from(data)
    with transaction.atomic():
        locked = locked_product(product.pk)
        known = locked.variants.filter(
            archived_at__isnull=True, name_vi=unit.name_vi, price_vnd=unit.price_vnd
        )
        if not known.exists():
            pricing.add_variant(product=locked, unit=unit, on_hand=data["on_hand"], actor=desk.user)
