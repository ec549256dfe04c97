"""Cases: what a person must look at. Opened by rules, resolved by people."""

from django.db import IntegrityError, transaction

from core import audit, clock
from core.models import Case, CaseState


def open_case(
    *,
    kind: str,
    subject: tuple[str, str],
    title: str,
    detail: dict[str, object] | None = None,
    vendor_id: int | None = None,
    dedupe_key: str = "",
) -> Case:
    """Open a case, or return the open one with the same `dedupe_key`. Safe to call twice."""
    try:
        with transaction.atomic():
            return Case.objects.create(
                kind=kind,
                subject_kind=subject[0],
                subject_key=subject[1],
                title=title,
                detail=detail or {},
                vendor_id=vendor_id,
                dedupe_key=dedupe_key,
            )
    except IntegrityError:
        return Case.objects.get(dedupe_key=dedupe_key, state=CaseState.OPEN)


def resolve_case(*, case_id: int, actor: audit.Actor, resolution: str) -> Case:
    """Close a case with what was done about it; audited. Twice is safe: the first answer stays."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.state == CaseState.RESOLVED:
            return case
        case.state = CaseState.RESOLVED
        case.resolution = resolution
        case.resolved_at = clock.now()
        case.resolved_by_id = actor.pk
        case.save()
        audit.record(
            actor=actor,
            action="case.resolve",
            subject=("case", str(case.pk)),
            reason=resolution,
        )
        return case
