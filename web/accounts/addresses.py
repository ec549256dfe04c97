"""My saved addresses: one of them stands in the checkout when I come there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import services
from accounts.models import Address, User
from accounts.services import AddressForm
from core.errors import BadFields, DomainError, NotFound
from web.accounts.shell import own_page, show
from web.buyers import address as places
from web.buyers import late
from web.buyers.delivery import Typed, spoken, typed

FIELDS = {"ward_code": "ward"}


@own_page("GET")
def addresses(request: HttpRequest, user: User) -> HttpResponse:
    rows = [
        {"address": one, "ward": places.picked("", one.ward_code).name}
        for one in Address.objects.for_person(user.pk)
    ]
    return show(request, "addresses", {"rows": rows}, active="addresses")


@own_page("GET", "POST", keeps=True)
def edit(request: HttpRequest, user: User, address_id: int | None = None) -> HttpResponse:
    """Add or change one; the buttons beside the lists only choose the province."""
    one = None
    if address_id is not None:
        one = Address.objects.for_person(user.pk).filter(pk=address_id).first()
        if one is None:
            raise NotFound()
    if request.method != "POST":
        said = late.said(request)
        content = typed(said.typed) if said.is_back else _stored(one, user)
        return _form(request, one, content)
    if request.POST.get("do", "save") != "save":
        return _form(request, one, typed(request.POST))
    try:
        services.save_address(user=user, form=_read(request), address_id=address_id)
    except DomainError as error:
        content = typed(request.POST, _problems(error))
        told = "" if content.problems else str(error)
        return _form(request, one, content, told=told, status=422)
    messages.success(request, _("The address is saved."))
    return redirect("accounts:addresses")


@own_page("POST")
def make_default(request: HttpRequest, user: User, address_id: int) -> HttpResponse:
    services.make_default(user=user, address_id=address_id)
    messages.success(request, _("This is your usual address now."))
    return redirect("accounts:addresses")


@own_page("POST")
def remove(request: HttpRequest, user: User, address_id: int) -> HttpResponse:
    services.remove_address(user=user, address_id=address_id)
    messages.success(request, _("The address is removed."))
    return redirect("accounts:addresses")


def _read(request: HttpRequest) -> AddressForm:
    where = places.picked(request.POST.get("province", ""), request.POST.get("ward", ""))
    return AddressForm(
        name=request.POST.get("name", ""),
        phone=request.POST.get("phone", ""),
        ward_code=where.ward,
        street=request.POST.get("street", ""),
        is_default="is_default" in request.POST,
    )


def _stored(one: Address | None, user: User) -> Typed:
    if one is None:
        phone = spoken(user.phone) if user.phone else ""
        return typed({"name": user.full_name, "phone": phone})
    where = places.picked("", one.ward_code)
    return typed(
        {
            "name": one.name,
            "phone": spoken(one.phone),
            "province": where.province,
            "ward": where.ward,
            "street": one.street,
        }
    )


def _problems(error: DomainError) -> dict[str, str]:
    errors = error.errors if isinstance(error, BadFields) else {}
    return {FIELDS.get(field, field): str(each) for field, each in errors.items()}


def _form(
    request: HttpRequest, one: Address | None, content: Typed, *, told: str = "", status: int = 200
) -> HttpResponse:
    where = places.picked(content.values["province"], content.values["ward"])
    context = {
        "one": one,
        "fields": content,
        "where": where,
        "told": told,
        "is_usual": one.is_default if one else False,
        "failed": status != 200,
        "back": late.said(request).told(),
    }
    return show(request, "address", context, active="addresses", status=status)
