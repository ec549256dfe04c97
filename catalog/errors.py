"""What the rules about goods and stock may refuse."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, InvalidInput


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


class BadPrice(InvalidInput):
    """Not a price in whole đồng within the allowed range."""

    code = "bad_price"
    message = _("Please enter a price from %(low)s to %(high)s.")


class ProductIncomplete(DomainError):
    """Something is missing before staff can look; `missing` maps field -> a sentence."""

    code = "product_incomplete"
    message = _("This product isn't complete yet. See what is missing below.")

    def __init__(self, missing: Mapping[str, object]) -> None:
        super().__init__()
        self.missing = dict(missing)


class ProductLocked(DomainError):
    """The text is with the province, or the product ended: it can't be edited this way."""

    code = "product_locked"
    message = _("This product can't be changed this way at the moment. Open it again.")


class VendorNotApproved(DomainError):
    """Goods can be prepared before, but only an approved vendor may submit them."""

    code = "vendor_not_approved"
    message = _("The province must approve your business first. Then you can send goods in.")


class BadMove(DomainError):
    """The decision or step doesn't fit the present state."""

    code = "bad_move"
    message = _("This doesn't fit the product's present state. Open it again.")


class BadSpec(InvalidInput):
    """A measured value that isn't a number, or that its grade doesn't allow."""

    code = "bad_spec"
    message = _(
        "%(name)s: %(value)s is outside what %(grade)s allows (%(limit)s). Correct the number, or "
        "choose the grade that fits."
    )


class AlreadyInStock(DomainError):
    """The pack can be bought at once: there is nothing to wait for."""

    code = "already_in_stock"
    message = _("It is already back: you can buy it now.")


class ReviewClosed(DomainError):
    """Too late to change it, or the province took it down."""

    code = "review_closed"
    message = _("This review can't be changed any more.")


class CategoryNameTaken(InvalidInput):
    """The name makes an address that another category has or once had."""

    code = "category_name_taken"
    message = _("“%(name)s” is or was the name of another category. Choose another one.")
