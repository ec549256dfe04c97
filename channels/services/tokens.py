"""A fresh access token, renewed by one worker at a time: a refresh token works once."""

from datetime import timedelta

from django.db import transaction

from channels.adapters import ADAPTERS
from channels.errors import ChannelError, Kind, NotConnected
from channels.locks import locked_connection
from channels.models import Connection, ConnectionState
from channels.parties import Session
from core import clock, crypto
from core.cases import open_case

RENEW_BEFORE = timedelta(minutes=10)
KEEP_ALIVE_BEFORE = timedelta(days=5)


def open_session(connection: Connection) -> Session:
    """What to call this shop with. Raises NotConnected when the vendor must consent again.

    When the token is about to end, the connection is locked, read again (another worker may have
    renewed it meanwhile) and the new pair is stored before anybody uses it.
    """
    if connection.state != ConnectionState.ACTIVE:
        raise NotConnected()
    if _ends_soon(connection):
        connection = _renew(connection.pk)
    if connection.state != ConnectionState.ACTIVE:
        raise NotConnected()
    return Session(shop_id=connection.shop_id, access_token=crypto.decrypt(connection.access_token))


def lost_consent(connection: Connection, error: ChannelError) -> None:
    """The channel no longer knows us: stop, and call the vendor. Twice is safe."""
    with transaction.atomic():
        Connection.objects.filter(pk=connection.pk).update(
            state=ConnectionState.NEEDS_REAUTH, last_error=str(error)[:300]
        )
        open_case(
            kind="channel_consent",
            subject=("connection", str(connection.pk)),
            title=f"{connection.channel} {connection.shop_name}: {error.code}",
            vendor_id=connection.vendor_id,
            dedupe_key=f"channel_consent:{connection.pk}",
        )


def renew_ending() -> int:
    """Renew what nobody has used for long, before its refresh token ends; how many."""
    quiet = Connection.objects.filter(
        state=ConnectionState.ACTIVE,
        refresh_expires_at__lte=clock.now() + KEEP_ALIVE_BEFORE,
    )
    for connection in quiet:
        _renew(connection.pk, even_if_fresh=True)
    return len(quiet)


def _ends_soon(connection: Connection) -> bool:
    ends = connection.access_expires_at
    return ends is None or ends <= clock.now() + RENEW_BEFORE


def _renew(pk: int, *, even_if_fresh: bool = False) -> Connection:
    with transaction.atomic():
        connection = locked_connection(pk)
        if not even_if_fresh and not _ends_soon(connection):
            return connection
        try:
            tokens = ADAPTERS[connection.channel].refresh(
                refresh_token=crypto.decrypt(connection.refresh_token),
                shop_id=connection.shop_id,
            )
        except ChannelError as error:
            if error.kind != Kind.REAUTH:
                raise
            lost_consent(connection, error)
            connection.state = ConnectionState.NEEDS_REAUTH
            return connection
        connection.access_token = crypto.encrypt(tokens.access)
        connection.refresh_token = crypto.encrypt(tokens.refresh)
        connection.access_expires_at = tokens.access_expires_at
        connection.refresh_expires_at = tokens.refresh_expires_at
        connection.save()
        return connection
