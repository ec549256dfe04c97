"""Connect a vendor's shop through the channel's consent page, and disconnect it."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from channels.adapters import ADAPTERS
from channels.errors import ConsentFailed, ShopTaken
from channels.models import Connection, ConnectionState, ConsentRequest, Listing, ListingState
from channels.parties import Session, Tokens
from core import audit, clock, crypto
from vendors.models import Vendor

WAY_BACK_WITHIN = timedelta(minutes=30)


def start_consent(*, vendor: Vendor, user: User, channel: str = "shopee") -> str:
    """The address of the consent page. The way back carries a single-use state of ours."""
    request = ConsentRequest.objects.create(
        state=secrets.token_urlsafe(32), vendor=vendor, user_id=user.pk, channel=channel
    )
    return ADAPTERS[channel].consent_url(state=request.state)


def finish_consent(*, user: User, state: str, code: str, shop_id: str) -> Connection:
    """Exchange the code for tokens and keep the shop, once.

    Only the person who started may finish. Raises ConsentFailed (unknown, used or old state,
    refused consent), ShopTaken (another vendor's shop) and ProviderError. A shop of the same
    vendor is renewed in place.
    """
    request = _use_request(user=user, state=state)
    if not code or not shop_id:
        raise ConsentFailed()
    adapter = ADAPTERS[request.channel]
    tokens = adapter.exchange(code=code, shop_id=shop_id)
    name = adapter.shop_name(Session(shop_id=shop_id, access_token=tokens.access))
    try:
        with transaction.atomic():
            connection = _keep(request, shop_id=shop_id, name=name, tokens=tokens)
            audit.record(
                actor=user,
                action="channel.connect",
                subject=("vendor", str(request.vendor_id)),
                change=({}, {"channel": request.channel, "shop_id": shop_id}),
            )
    except IntegrityError as error:
        raise ShopTaken() from error
    return connection


def disconnect(*, connection: Connection, user: User) -> None:
    """Forget the tokens and stop selling there; orders already taken go on. Twice is safe."""
    with transaction.atomic():
        Connection.objects.filter(pk=connection.pk).update(
            state=ConnectionState.DISCONNECTED, access_token="", refresh_token=""
        )
        Listing.objects.filter(connection=connection).update(state=ListingState.ENDED)
        audit.record(
            actor=user,
            action="channel.disconnect",
            subject=("vendor", str(connection.vendor_id)),
            change=({"shop_id": connection.shop_id}, {}),
        )


def _use_request(*, user: User, state: str) -> ConsentRequest:
    """Mark the request used, in one statement, so that it works once."""
    waiting = ConsentRequest.objects.filter(
        state=state,
        user_id=user.pk,
        used_at__isnull=True,
        created_at__gt=clock.now() - WAY_BACK_WITHIN,
    )
    if not waiting.update(used_at=clock.now()):
        raise ConsentFailed()
    return ConsentRequest.objects.select_related("vendor").get(state=state)


def _keep(request: ConsentRequest, *, shop_id: str, name: str, tokens: Tokens) -> Connection:
    connection, _ = Connection.objects.update_or_create(
        vendor=request.vendor,
        channel=request.channel,
        shop_id=shop_id,
        defaults={
            "shop_name": name,
            "state": ConnectionState.ACTIVE,
            "access_token": crypto.encrypt(tokens.access),
            "refresh_token": crypto.encrypt(tokens.refresh),
            "access_expires_at": tokens.access_expires_at,
            "refresh_expires_at": tokens.refresh_expires_at,
            "last_ok_at": clock.now(),
            "last_error": "",
        },
    )
    return connection
