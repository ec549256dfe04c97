"""How complaints went, in figures that everybody may see (Law 122/2025/QH15, article 7.3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

FIGURES = """
SELECT c.kind, count(*),
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM orders_complaintentry e
           WHERE e.complaint_id = c.id AND e.action = 'answer')),
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM orders_complaintentry e
           WHERE e.complaint_id = c.id AND e.to_state = 'province')),
       count(*) FILTER (WHERE c.ended_at IS NOT NULL)
FROM orders_complaint c WHERE c.opened_at >= %s GROUP BY c.kind
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind: how many came in, were answered in time, went to the province, have ended.

    An answer after its time doesn't exist: the complaint is the province's by then.
    """

    opened: int
    answered: int
    to_province: int
    ended: int


def figures_since(moment: datetime) -> dict[str, Figures]:
    """By kind of complaint, those opened since then; kinds without any are left out."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [moment])
        return {kind: Figures(*counts) for kind, *counts in cursor.fetchall()}
