"""The checked papers of a vendor, as its page shows them."""

from django.db.models import Q

from catalog import labels
from catalog.selectors.cached import under_version
from catalog.selectors.types import PaperView
from core import clock
from vendors.models import Paper, PaperKind, PaperState

# What says who somebody is, is nobody else's business.
PRIVATE = (PaperKind.IDENTITY,)


def vendor_papers(vendor_id: int) -> tuple[PaperView, ...]:
    """Accepted papers whose last day isn't over, badges first (one query per version and day)."""
    day = clock.day(clock.roughly_now())
    key = (vendor_id, day.isoformat())
    return under_version("vendor-papers", key, lambda: _read(vendor_id))


def _read(vendor_id: int) -> tuple[PaperView, ...]:
    today = clock.day(clock.roughly_now())
    papers = Paper.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        vendor_id=vendor_id,
        state=PaperState.ACCEPTED,
        archived_at__isnull=True,
    ).exclude(kind__in=PRIVATE)
    return tuple(_view(paper) for paper in sorted(papers, key=_order))


def _view(paper: Paper) -> PaperView:
    badge = labels.badge_of(paper.kind, paper.stars)
    label_vi, label_en = labels.badge_label(badge) if badge else labels.PAPER_KINDS[paper.kind]
    return PaperView(
        kind=paper.kind,
        label_vi=label_vi,
        label_en=label_en,
        issuer=paper.issuer,
        number=paper.number,
        stars=paper.stars,
        valid_to=paper.valid_to,
    )


def _order(paper: Paper) -> tuple[int, int, str]:
    kinds = list(labels.BADGE_KINDS)
    order = kinds.index(paper.kind) if paper.kind in kinds else len(kinds)
    return order, -(paper.stars or 0), paper.number
