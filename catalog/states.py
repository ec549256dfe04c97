"""States of a product and of a revision, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the province")
    CHANGES_REQUESTED = "changes_requested", _("Changes asked for")
    LIVE = "live", _("On the shop")
    PAUSED = "paused", _("Paused by the vendor")
    TAKEN_DOWN = "taken_down", _("Taken down by the province")
    ARCHIVED = "archived", _("Archived")


PRODUCT_MOVES: dict[str, frozenset[str]] = {
    ProductState.DRAFT: frozenset({ProductState.SUBMITTED, ProductState.ARCHIVED}),
    ProductState.SUBMITTED: frozenset(
        {ProductState.CHANGES_REQUESTED, ProductState.LIVE, ProductState.ARCHIVED}
    ),
    ProductState.CHANGES_REQUESTED: frozenset({ProductState.SUBMITTED, ProductState.ARCHIVED}),
    ProductState.LIVE: frozenset(
        {ProductState.PAUSED, ProductState.TAKEN_DOWN, ProductState.ARCHIVED}
    ),
    ProductState.PAUSED: frozenset(
        {ProductState.LIVE, ProductState.TAKEN_DOWN, ProductState.ARCHIVED}
    ),
    ProductState.TAKEN_DOWN: frozenset({ProductState.LIVE, ProductState.ARCHIVED}),
    ProductState.ARCHIVED: frozenset(),
}


class RevisionState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the province")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the vendor")


REVISION_MOVES: dict[str, frozenset[str]] = {
    RevisionState.WAITING: frozenset(
        {RevisionState.APPROVED, RevisionState.REFUSED, RevisionState.WITHDRAWN}
    ),
    RevisionState.APPROVED: frozenset(),
    RevisionState.REFUSED: frozenset(),
    RevisionState.WITHDRAWN: frozenset(),
}
