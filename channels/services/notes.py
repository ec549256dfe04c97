"""The sync log that the vendor reads."""

from channels.models import Connection, Listing, SyncNote
from core import clock


def note(
    connection: Connection,
    action: str,
    *,
    ok: bool,
    listing: Listing | None = None,
    detail: str = "",
) -> None:
    """One line of the log; the connection remembers its last good moment or last error."""
    SyncNote.objects.create(
        connection=connection, listing=listing, action=action, ok=ok, detail=detail[:300]
    )
    fields = {"last_ok_at": clock.now(), "last_error": ""} if ok else {"last_error": detail[:300]}
    Connection.objects.filter(pk=connection.pk).update(**fields)
