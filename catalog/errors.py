"""What the rules about goods and stock may refuse."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class OutOfStock(DomainError):
    """Fewer units are left than asked for; `available` says how many."""

    code = "out_of_stock"
    message = _("Only %(available)s left of “%(name)s”. Lower the number or take it out.")
    status = 409


class BadQuantity(DomainError):
    """Not a whole number of units within the allowed range."""

    code = "bad_quantity"
    message = _("Please enter a whole number from %(low)s to %(high)s.")
    status = 400
