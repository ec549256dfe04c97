"""The inbox: notices of outside parties, stored before they are answered."""

from core.models import InboxNotice


def take(*, party: str, event_id: str, kind: str, body: object) -> bool:
    """Store a checked notice; False when this event is here already. Never raises for a repeat."""
    made = InboxNotice.objects.bulk_create(
        [InboxNotice(party=party, event_id=event_id, kind=kind, body=body)], ignore_conflicts=True
    )
    return InboxNotice.objects.filter(party=party, event_id=event_id, attempts=0).exists() and bool(
        made
    )
