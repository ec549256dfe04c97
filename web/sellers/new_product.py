"""A new product in five short screens; each is kept as a draft before the next one opens."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.locks import locked_product
from catalog.models import Category, Product, Variant
from catalog.services import listing, pricing
from catalog.services import stock as stock_services
from catalog.services.listing import EDITABLE
from core.errors import InvalidInput
from vendors.models import Vendor
from vendors.states import VendorState
from vietnam.money import grouped_vnd
from web.sellers.access import Desk, desk_page, product_page
from web.sellers.pages import Context, accepts, add_reasons, posted, show_form, try_or_say
from web.sellers.photos import picture_ids, shots_of, take_photos
from web.sellers.product_forms import CountForm, NameForm, PhotosForm, SendForm, UnitForm
from web.sellers.suggest import leaves
from web.sellers.undo import offer_undo
from web.sellers.units import UNITS, unit_names

# What a draft is called between its first photo and its name; never sent in.
UNNAMED = "Sản phẩm chưa đặt tên"

STEPS = (
    ("sellers:step_photo", gettext_lazy("Take a photo")),
    ("sellers:step_name", gettext_lazy("What is it?")),
    ("sellers:step_price", gettext_lazy("Pack and price")),
    ("sellers:step_count", gettext_lazy("How many?")),
    ("sellers:step_send", gettext_lazy("Check and send")),
)
Step = Callable[..., HttpResponse]


@desk_page("GET", "POST")
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Screen 1: a photo opens the draft. An unnamed draft is gone on with, not doubled."""
    draft = _unnamed(desk.vendor)
    if request.method == "GET" and draft is not None:
        return redirect("sellers:step_photo", product_id=draft.pk)
    form = PhotosForm()
    if request.method == "POST":
        form = PhotosForm(request.POST, request.FILES)
        opened: list[Product] = []
        if form.is_valid() and accepts(form, lambda: opened.append(_open_draft(desk, form))):
            return redirect("sellers:step_name", product_id=opened[0].pk)
    return _screen(request, desk, None, 0, {"form": form})


@product_page("GET", "POST")
def photo(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """More photos, or fewer."""
    if product.state not in EDITABLE:
        return redirect("sellers:product", product_id=product.pk)
    form = PhotosForm()
    if request.method == "POST":
        form = PhotosForm(request.POST, request.FILES)
        if form.is_valid() and accepts(form, lambda: _add_photos(desk, product, form)):
            if product.name_vi == UNNAMED:
                return redirect("sellers:step_name", product_id=product.pk)
            return redirect("sellers:step_photo", product_id=product.pk)
    return _screen(request, desk, product, 0, {"form": form})


@product_page("POST")
def photo_remove(
    request: HttpRequest, desk: Desk, product: Product, picture_id: int
) -> HttpResponse:
    """Take one photo off a draft; undo puts it back where it was."""
    before = picture_ids(product)
    after = [pk for pk in before if pk != picture_id]

    def act() -> object:
        return listing.edit_product(product=product, fields={"pictures": after}, actor=desk.user)

    if after != before and try_or_say(request, act):
        offer_undo(request, desk, _("Photo removed."), "photos", product.pk, before=before)
    return redirect("sellers:step_photo", product_id=product.pk)


@product_page("GET", "POST")
def name(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """Screen 2: name, category, grade."""
    is_new = product.name_vi == UNNAMED
    chosen = None if is_new else product.category_id
    initial = {
        "name_vi": "" if is_new else product.name_vi,
        "category_id": str(chosen or ""),
        "grade": product.grade,
    }
    form = NameForm(posted(request), initial=initial)
    form.set_up(request.POST.get("name_vi", initial["name_vi"]), chosen)

    def act() -> object:
        fields = {key: form.cleaned_data[key] for key in ("name_vi", "category_id", "grade")}
        return listing.edit_product(product=product, fields=fields, actor=desk.user)

    return _save_step(request, desk, product, 1, {"form": form}, act)


@product_page("GET", "POST")
def price(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """Screen 3: the first pack size."""
    variant = _first_variant(product)
    form = UnitForm(posted(request), initial=unit_initial(variant))

    def act() -> object:
        return _save_unit(desk, product, form.cleaned_data)

    context = {"form": form, "units": list(UNITS.values())}
    return _save_step(request, desk, product, 2, context, act)


@product_page("GET", "POST")
def count(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """Screen 4: how many of the first pack size."""
    variant = _first_variant(product)
    if variant is None:
        return redirect("sellers:step_price", product_id=product.pk)
    form = CountForm(posted(request), initial={"on_hand": variant.stock.on_hand or ""})

    def act() -> object:
        on_hand = form.cleaned_data["on_hand"]
        return stock_services.set_on_hand(variant=variant, on_hand=on_hand, actor_id=desk.user.pk)

    return _save_step(request, desk, product, 3, {"form": form, "variant": variant}, act)


@product_page("GET", "POST")
def send(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """Screen 5: look at all of it, add a few words, send it to the province."""
    if product.state not in EDITABLE:
        return redirect("sellers:product", product_id=product.pk)
    papers = [str(pk) for pk in product.papers.values_list("pk", flat=True)]
    initial = {"description_vi": product.description_vi, "papers": papers}
    form = SendForm(desk.vendor, posted(request), initial=initial)
    if form.is_valid() and accepts(form, lambda: _save_words(desk, product, form)):
        if "later" in request.POST:
            messages.success(request, _("Draft saved."))
            return redirect("sellers:products")
        if accepts(form, lambda: _submit(desk, product)):
            return redirect("sellers:product", product_id=product.pk)
    context = {
        "form": form,
        "missing": missing_steps(product),
        "variants": product.variants.filter(archived_at__isnull=True).select_related("stock"),
        "may_send": desk.vendor.state == VendorState.APPROVED,
    }
    return _screen(request, desk, product, 4, context)


@desk_page("GET")
def suggestions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The likely categories of a name, as the radio buttons of screen 2."""
    form = NameForm()
    form.set_up(request.GET.get("name", "")[:160], None)
    return render(request, "sellers/_categories.html", {"form": form})


def missing_steps(product: Product) -> list[dict[str, object]]:
    """What is missing before sending, with the screen where it is added."""
    screens = {"pictures": 0, "name_vi": 1, "variants": 2, "description_vi": 4}
    missing = dict(listing.what_is_missing(product))
    missing.pop("description_vi", None)  # it is typed on this very screen
    if product.name_vi == UNNAMED:
        missing["name_vi"] = _("Give the product a name.")
    return [{"text": text, "url_name": STEPS[screens[field]][0]} for field, text in missing.items()]


def unit_initial(variant: Variant | None) -> dict[str, Any]:
    """What the unit screen shows for a stored pack size."""
    if variant is None:
        return {"unit": "pack", "weight_unit": "g"}
    key = next((u.key for u in UNITS.values() if variant.name_vi.startswith(u.vi)), "pack")
    in_kg = variant.net_grams % 1000 == 0
    size = variant.net_grams // 1000 if in_kg else variant.net_grams
    return {
        "unit": key,
        "weight": size,
        "weight_unit": "kg" if in_kg else "g",
        "price_vnd": grouped_vnd(variant.price_vnd),
    }


def unit_from(data: dict[str, Any]) -> pricing.Unit:
    """A pack size from a form's clean values, with its names made from unit and weight."""
    name_vi, name_en = unit_names(UNITS[data["unit"]], data["net_grams"])
    return pricing.Unit(
        name_vi=name_vi,
        name_en=name_en,
        net_grams=data["net_grams"],
        price_vnd=data["price_vnd"],
    )


def _save_step(
    request: HttpRequest,
    desk: Desk,
    product: Product,
    at: int,
    context: Context,
    act: Callable[[], object],
) -> HttpResponse:
    """Save one screen and go on to the next; stay, with all that was typed, when it can't be."""
    if product.state not in EDITABLE:
        return redirect("sellers:product", product_id=product.pk)
    form: forms.Form = context["form"]
    if form.is_valid() and accepts(form, act):
        return redirect(STEPS[at + 1][0], product_id=product.pk)
    return _screen(request, desk, product, at, context)


def _screen(
    request: HttpRequest, desk: Desk, product: Product | None, at: int, context: Context
) -> HttpResponse:
    if product is not None:
        add_reasons(context["form"], product.change_reasons)
    frame = {
        "section": "products",
        "product": product,
        "is_unnamed": product is None or product.name_vi == UNNAMED,
        "photos": shots_of(product) if product else [],
        "steps": [
            {"url_name": url, "title": title, "number": n + 1, "is_now": n == at}
            for n, (url, title) in enumerate(STEPS)
        ],
        "number": at + 1,
        "title": STEPS[at][1],
        "before": STEPS[at - 1][0] if at else "",
    }
    template = STEPS[at][0].removeprefix("sellers:")
    return show_form(request, desk, template, frame | context)


def _unnamed(vendor: Vendor) -> Product | None:
    drafts = Product.objects.for_vendor(vendor).filter(state__in=EDITABLE, name_vi=UNNAMED)
    return drafts.order_by("pk").first()


def _open_draft(desk: Desk, form: PhotosForm) -> Product:
    """One draft, however often the same photo is sent: the vendor's row is the queue."""
    with transaction.atomic():
        Vendor.objects.select_for_update().get(pk=desk.vendor.pk)
        draft = _unnamed(desk.vendor)
        if draft is not None:
            _add_photos(desk, draft, form)
            return draft
        ids = take_photos(form.cleaned_data["pictures"], known=[], actor=desk.user)
        fields = {"name_vi": UNNAMED, "category_id": _usual_category(desk), "pictures": ids}
        return listing.create_product(vendor=desk.vendor, fields=fields, actor=desk.user)


def _add_photos(desk: Desk, product: Product, form: PhotosForm) -> None:
    with transaction.atomic():
        locked = locked_product(product.pk)
        known = picture_ids(locked)
        ids = take_photos(form.cleaned_data["pictures"], known=known, actor=desk.user)
        listing.edit_product(product=locked, fields={"pictures": ids}, actor=desk.user)


def _usual_category(desk: Desk) -> int | None:
    """What this vendor listed last, until it says what the new product is."""
    last = Product.objects.for_vendor(desk.vendor).order_by("-pk").first()
    if last is not None:
        return last.category_id
    known = leaves(Category.objects.all())
    return known[0].pk if known else None


def _first_variant(product: Product) -> Variant | None:
    return product.variants.filter(archived_at__isnull=True).select_related("stock").first()


def _save_unit(desk: Desk, product: Product, data: dict[str, Any]) -> Variant:
    """The first pack size: added, or priced anew, or replaced when the pack itself changed."""
    unit = unit_from(data)
    with transaction.atomic():
        locked = locked_product(product.pk)
        old = _first_variant(locked)
        if old is not None and (old.name_vi, old.net_grams) == (unit.name_vi, unit.net_grams):
            return pricing.set_price(variant=old, price_vnd=unit.price_vnd, actor=desk.user)
        on_hand = old.stock.on_hand if old is not None else 0
        if old is not None:
            pricing.archive_variant(variant=old, actor=desk.user)
        return pricing.add_variant(product=locked, unit=unit, on_hand=on_hand, actor=desk.user)


def _save_words(desk: Desk, product: Product, form: SendForm) -> None:
    fields = {"description_vi": form.cleaned_data["description_vi"]}
    if "papers" in form.cleaned_data:
        fields["papers"] = form.cleaned_data["papers"]
    listing.edit_product(product=product, fields=fields, actor=desk.user)


def _submit(desk: Desk, product: Product) -> None:
    if product.name_vi == UNNAMED:
        raise InvalidInput("name_missing", _("Give the product a name."))
    listing.submit_product(product=product, actor=desk.user)
