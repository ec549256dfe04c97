"""How messages and pages tell the steps of a complaint and what was offered."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Outcome
from vietnam.money import format_vnd

ACTION_WORDS = {
    "open": gettext_lazy("The buyer complained"),
    "answer": gettext_lazy("The vendor answered"),
    "accept": gettext_lazy("The buyer accepted the answer"),
    "ask_province": gettext_lazy("The buyer asked the province to decide"),
    "withdraw": gettext_lazy("The buyer withdrew the complaint"),
    "send_back": gettext_lazy("The buyer sent the goods back"),
    "take_back": gettext_lazy("The vendor has the goods back"),
    "contest": gettext_lazy("The vendor isn't content with what came back"),
    "fulfil": gettext_lazy("The vendor says that it has paid or sent"),
    "received": gettext_lazy("The buyer has received it"),
    "decide": gettext_lazy("The province decided"),
    "settle": gettext_lazy("The province found that it had arrived"),
    "no_answer": gettext_lazy("The vendor didn't answer in time: the province decides"),
    "buyer_silent": gettext_lazy("The buyer said nothing in time: the answer counts as accepted"),
    "not_sent_back": gettext_lazy("The goods weren't sent back in time"),
    "not_looked_at": gettext_lazy("The vendor didn't look at the goods: the province decides"),
    "not_fulfilled": gettext_lazy("The vendor didn't pay or send in time: the province decides"),
    "no_objection": gettext_lazy("Nobody objected in time: settled"),
}


def offer_words(outcome: str, amount_vnd: int, *, with_return: object) -> str:
    """ "Money back: 150.000 ₫, once the goods have come back"; empty before an answer."""
    if outcome == Outcome.REFUND:
        words = _("Money back: %(amount)s") % {"amount": format_vnd(amount_vnd)}
    elif outcome == Outcome.REPLACE:
        words = _("The goods are sent again")
    elif outcome == Outcome.REFUSE:
        return _("Neither money back nor new goods")
    else:
        return ""
    if with_return:
        return _("%(offer)s, once the goods have come back") % {"offer": words}
    return words
