"""Saved addresses at checkout: the one that fits stands in the form, the others are a tap away."""

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import Address, User
from accounts.selectors import addresses_of
from orders.models import Cart
from web.buyers import address, visitor
from web.buyers.delivery import Typed, spoken, typed

CHOSEN = "dia-chi"


@dataclass(frozen=True)
class Prefilled(Typed):
    """What the form begins with, and the saved addresses to choose from (none for a guest)."""

    where: address.Picked
    choices: tuple[tuple[Address, bool], ...] = ()


def prefilled(request: HttpRequest, cart: Cart) -> Prefilled:
    """For a guest the cart's ward alone, without a query; for a member one query more."""
    user = request.user if visitor.user_id(request) is not None else None
    if not isinstance(user, User):
        where = address.picked("", cart.ward_code)
        values = {"province": where.province, "ward": where.ward}
        return Prefilled(typed(values).values, {}, where)
    mine = addresses_of(user.pk)
    one = _fitting(mine, request.GET.get(CHOSEN, ""), cart.ward_code)
    where = address.picked("", one.ward_code if one else cart.ward_code)
    phone = one.phone if one else user.phone or ""
    content = typed(
        {
            "name": one.name if one else user.full_name,
            "phone": spoken(phone) if phone else "",
            "province": where.province,
            "ward": where.ward,
            "street": one.street if one else "",
            "email": user.email or "",
        }
    )
    choices = tuple((each, each == one) for each in mine) if len(mine) > 1 else ()
    return Prefilled(content.values, {}, where, choices)


def _fitting(mine: list[Address], chosen: str, ward_code: str) -> Address | None:
    """The one that was chosen; else one in the ward whose fee was looked at; else the usual one."""
    by_id = next((one for one in mine if str(one.pk) == chosen), None)
    if by_id is not None:
        return by_id
    if ward_code:
        return next((one for one in mine if one.ward_code == ward_code), None)
    return mine[0] if mine else None
