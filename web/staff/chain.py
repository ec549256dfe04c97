"""Whether the audit trail's chain is whole, for the desk."""

from dataclasses import dataclass

from core.models import AuditEntry, AuditSeal
from core.seal import verify_chain

# Checking reads every sealed row; above this it only happens when somebody asks for it.
CHECKED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Chain:
    """How many rows are sealed and how many still wait for it; `problems` is None if unchecked."""

    sealed: int
    waiting: int
    problems: list[str] | None


def look_at_chain(*, asked: bool) -> Chain:
    """Count, and check the chain when it is short or `asked` for."""
    sealed = AuditSeal.objects.count()
    problems = verify_chain() if asked or sealed <= CHECKED_AT_ONCE else None
    return Chain(sealed, AuditEntry.objects.filter(seal=None).count(), problems)
