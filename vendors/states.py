"""A vendor's states and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VendorState(models.TextChoices):
    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Waiting for the province")
    CHANGES_REQUESTED = "changes_requested", _("Changes asked for")
    APPROVED = "approved", _("Approved")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


MOVES: dict[str, frozenset[str]] = {
    VendorState.DRAFT: frozenset({VendorState.SUBMITTED, VendorState.CLOSED}),
    VendorState.SUBMITTED: frozenset(
        {VendorState.CHANGES_REQUESTED, VendorState.APPROVED, VendorState.CLOSED}
    ),
    VendorState.CHANGES_REQUESTED: frozenset({VendorState.SUBMITTED, VendorState.CLOSED}),
    VendorState.APPROVED: frozenset({VendorState.SUSPENDED, VendorState.CLOSED}),
    VendorState.SUSPENDED: frozenset({VendorState.APPROVED, VendorState.CLOSED}),
    VendorState.CLOSED: frozenset(),
}
