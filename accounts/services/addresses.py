"""A person's saved addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.contacts import read_phone
from accounts.models import Address, User
from accounts.services.people import read_name
from core.errors import BadFields, DomainError, InvalidInput, NotFound
from vietnam import places

MOST = 20
LONGEST_STREET = 200


@dataclass(frozen=True, slots=True)
class AddressForm:
    """An address as it was typed."""

    name: str
    phone: str
    ward_code: str
    street: str
    is_default: bool = False


def save_address(*, user: User, form: AddressForm, address_id: int | None = None) -> Address:
    """Add an address, or change the one with this id; the first one becomes the usual one.

    Raises BadFields; NotFound for a missing address and for somebody else's; InvalidInput beyond
    twenty. Locks the person's row, so that two first addresses don't both become the usual one.
    """
    clean = _clean(form)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        address = Address(user=user) if address_id is None else _mine(user, address_id)
        others = user.addresses.exclude(pk=address.pk)
        if address_id is None and others.count() >= MOST:
            raise InvalidInput("too_many_addresses", _("You have saved 20 addresses. Remove one."))
        address.name, address.phone = clean["name"], clean["phone"]
        address.ward_code, address.street = clean["ward_code"], clean["street"]
        usual = form.is_default or address.is_default or not others.filter(is_default=True).exists()
        if usual:
            others.filter(is_default=True).update(is_default=False)
        address.is_default = usual
        address.save()
    return address


def make_default(*, user: User, address_id: int) -> None:
    """Make an address the usual one. Raises NotFound. Twice is safe."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        address = _mine(user, address_id)
        user.addresses.filter(is_default=True).update(is_default=False)
        address.is_default = True
        address.save(update_fields=["is_default"])


def remove_address(*, user: User, address_id: int) -> None:
    """Remove an address; the oldest other one becomes the usual one. Raises NotFound."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        address = _mine(user, address_id)
        address.delete()
        if not user.addresses.filter(is_default=True).exists():
            oldest = user.addresses.order_by("id").first()
            if oldest is not None:
                oldest.is_default = True
                oldest.save(update_fields=["is_default"])


def _mine(user: User, address_id: int) -> Address:
    address = Address.objects.for_person(user.pk).filter(pk=address_id).first()
    if address is None:
        raise NotFound()
    return address


def _clean(form: AddressForm) -> dict[str, str]:
    readers: dict[str, Callable[[], str]] = {
        "name": lambda: read_name(form.name, field="name"),
        "phone": lambda: read_phone(form.phone),
        "ward_code": lambda: _read_ward(form.ward_code),
        "street": lambda: _read_street(form.street),
    }
    clean: dict[str, str] = {}
    errors: dict[str, DomainError] = {}
    for field, read in readers.items():
        try:
            clean[field] = read()
        except DomainError as error:
            errors[field] = error
    if errors:
        raise BadFields(errors)
    return clean


def _read_ward(code: str) -> str:
    if not code or places.find_ward(code) is None:
        raise InvalidInput("ward_unknown", _("Choose the ward or commune."), field="ward_code")
    return code


def _read_street(text: str) -> str:
    street = " ".join(text.split())
    if not street:
        raise InvalidInput("street_empty", _("Type house number and street."), field="street")
    if len(street) > LONGEST_STREET:
        raise InvalidInput("street_long", _("Shorten it to 200 characters."), field="street")
    return street
