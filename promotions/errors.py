"""Why a voucher doesn't count, and what the buyer can do. The rest of the cart goes on."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, InvalidInput


class VoucherRefused(DomainError):
    """This voucher doesn't count for this cart and buyer now; `params["voucher"]` is its code."""

    code = "voucher_refused"


class UnknownVoucher(VoucherRefused):
    code = "voucher_unknown"
    message = _("There is no voucher “%(voucher)s”. Check its letters, or order without it.")


class VoucherNotYet(VoucherRefused):
    code = "voucher_not_yet"
    message = _("Voucher %(voucher)s counts from %(day)s. Order without it, or wait until then.")


class VoucherEnded(VoucherRefused):
    code = "voucher_ended"
    message = _("Voucher %(voucher)s has ended. Order without it, or use another one.")


class VoucherUsedUp(VoucherRefused):
    code = "voucher_used_up"
    message = _(
        "Voucher %(voucher)s has been used up. The total below is without it: "
        "order like this, or use another one."
    )


class VoucherUsedByYou(VoucherRefused):
    code = "voucher_used_by_you"
    message = _(
        "You have already used voucher %(voucher)s as often as one buyer may. "
        "Order without it, or use another one."
    )


class MinimumNotReached(VoucherRefused):
    code = "voucher_minimum"
    message = _(
        "Voucher %(voucher)s counts from %(minimum)s of goods. Put goods for %(missing)s more "
        "into the cart, or order without it."
    )


class OtherGoods(VoucherRefused):
    code = "voucher_other_goods"
    message = _(
        "Voucher %(voucher)s is for goods of %(vendor)s, and none of them are in your cart. "
        "Add some, or order without it."
    )


class OneVoucherEach(VoucherRefused):
    code = "voucher_one_each"
    message = _(
        "Voucher %(voucher)s doesn't count beside %(other)s: a purchase takes one voucher of each "
        "vendor and one of the province."
    )


class CodeTaken(InvalidInput):
    code = "code_taken"
    message = _("This code is taken. Please choose another one.")
