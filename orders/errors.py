"""What the rules about carts, purchases and orders may refuse."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotForSale(DomainError):
    """Missing, ended, taken down or somebody's draft: the same answer for all."""

    code = "not_for_sale"
    message = _("This offer has ended. Please choose another one.")
    status = 404


class CartEmpty(DomainError):
    code = "cart_empty"
    message = _("Your cart is empty. Put something into it first.")


class CartChanged(DomainError):
    """Something in the cart can't be bought as it stands; the cart page says what."""

    code = "cart_changed"
    message = _("Something in your cart has changed. Please look at it again before you order.")


class NotInCart(DomainError):
    """The line left the cart since the page was opened: ordered, or taken out in another tab."""

    code = "not_in_cart"
    message = _(
        "This is no longer in your cart: it was ordered or taken out meanwhile. To have more of it,"
        " add it again on its page."
    )


class PriceChanged(DomainError):
    """The total differs from the one the buyer saw: nothing was ordered, the new one is shown."""

    code = "price_changed"
    message = _("Prices have changed: the total is now %(total)s. Please check and order again.")


class TooManyOpenOrders(DomainError):
    code = "too_many_open_orders"
    message = _(
        "This phone number has %(count)s orders waiting already. Please wait for them first."
    )
    status = 429


class WrongState(DomainError):
    """The order has moved on since the page was opened."""

    code = "wrong_state"
    message = _("This order is now “%(state)s”, so this step isn't possible any more.")


class BadAddress(DomainError):
    code = "bad_address"
    message = _("Please check this part of the address.")
    status = 400


class ComplaintMoved(DomainError):
    """The complaint has moved on since the page was opened."""

    code = "complaint_moved"
    message = _("This complaint is now “%(state)s”, so this step isn't possible any more.")


class ComplaintOpen(DomainError):
    code = "complaint_open"
    message = _("A complaint about this order is open already: %(number)s.")


class ComplaintTooLate(DomainError):
    code = "complaint_too_late"
    message = _("The time to complain about this is over, or it hasn't begun yet.")


class NotReceived(DomainError):
    """Only who received the goods may write about them."""

    code = "not_received"
    message = _("You can write a review once the goods have been delivered.")
