"""Row locks of connections and listings, by primary key, connection before listing."""

from channels.models import Connection, Listing


def locked_connection(pk: int) -> Connection:
    """The connection, locked: its tokens are read and changed by one worker at a time."""
    return Connection.objects.select_for_update(of=("self",)).get(pk=pk)


def locked_listing(pk: int) -> Listing:
    """The listing, locked."""
    return Listing.objects.select_for_update(of=("self",)).get(pk=pk)
