"""Who gets a parcel: from the buyer's purchase, or as the channel told it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from orders.models import Order
from vietnam import places
from vietnam.phone import InvalidPhone, format_phone


@dataclass(frozen=True, slots=True)
class Recipient:
    """`phone` is for reading, `call` for the telephone link (empty where it is masked)."""

    name: str
    phone: str
    call: str
    street: str
    place: str
    note: str = ""


def recipient_of(order: Order) -> Recipient:
    """The recipient of an order; a channel may mask parts of it with stars."""
    bought = order.purchase
    if bought is None:
        told = order.recipient
        name, phone, address = (str(told.get(key, "")) for key in ("name", "phone", "address"))
        return Recipient(name, *_phone(phone), street=address, place="")
    return Recipient(
        bought.name,
        *_phone(bought.phone),
        street=bought.street,
        place=place_name(bought.ward_code),
        note=" · ".join(note for note in (bought.note, order.note) if note),
    )


def place_name(ward_code: str) -> str:
    """ "Xã Bù Đăng, Thành phố Đồng Nai"; empty for an unknown code."""
    ward = places.find_ward(ward_code)
    if ward is None:
        return ""
    lang: places.Lang = "en" if get_language() == "en" else "vi"
    province = places.find_province(ward.province_code)
    names = [places.full_name(unit, lang) for unit in (ward, province) if unit is not None]
    return ", ".join(names)


def _phone(number: str) -> tuple[str, str]:
    try:
        return format_phone(number), number
    except InvalidPhone:
        return number, ""
