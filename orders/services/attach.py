"""Older purchases of a guest join an account, once a code has proved the number or mailbox."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.services.codes import check_code, issue_code
from core import audit, clock
from orders import rules
from orders.models import Purchase

PURPOSE = "attach_orders"


def targets_of(user: User) -> list[str]:
    """Where the code may go: the account's own phone and mailbox."""
    return [target for target in (user.phone, user.email) if target]


def send_attach_code(*, user: User, target: str) -> None:
    """Send a code to one of the account's own ways. Raises TooManyCodes."""
    if target in targets_of(user):
        issue_code(purpose=PURPOSE, target=target, subject=str(user.pk))


def attach_purchases(*, user: User, target: str, text: str) -> list[Purchase]:
    """Give the guest purchases of this phone or mailbox to the account; which ones.

    Only after a right code sent just now: numbers are handed on to other people, so that a number
    that was proved when the account was opened isn't enough, and purchases older than the dated
    limit stay where they are. Never takes another account's. Audited. Must be called outside a
    transaction. Raises WrongCode, CodeEnded.
    """
    if target not in targets_of(user):
        return []
    check_code(purpose=PURPOSE, target=target, subject=str(user.pk), text=text)
    with transaction.atomic():
        found = list(_guests(target).select_for_update(of=("self",)).order_by("pk"))
        Purchase.objects.filter(pk__in=[one.pk for one in found]).update(buyer=user)
        for purchase in found:
            audit.record(
                actor=user, action="purchase.attach", subject=("purchase", purchase.number)
            )
        return found


def _guests(target: str) -> QuerySet[Purchase]:
    since = clock.now() - timedelta(days=rules.ATTACH_DAYS.value())
    own = Q(email=target) if "@" in target else Q(phone=target)
    return Purchase.objects.filter(own, buyer=None, placed_at__gte=since)
