"""Reading what is a person's own."""

from accounts.models import Address


def addresses_of(user_id: int) -> list[Address]:
    """Saved addresses, the usual one first; one query."""
    return list(Address.objects.for_person(user_id))
