"""The vendor's shops on other marketplaces: connect, offer, see that stock is in step."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from catalog.models import Variant
from channels.models import Connection, Listing
from channels.selectors import list_connections, list_offers
from channels.services import connect as connecting
from channels.services import offer as offering
from channels.services import push
from core.digits import parse_digits
from web.sellers.access import Desk, desk_page
from web.sellers.pages import show, try_or_say

NOTES_SHOWN = 20


@desk_page("GET")
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    shops = [
        {
            "connection": connection,
            "offers": list_offers(connection),
            "notes": connection.notes.select_related("listing__variant__product").order_by("-at")[
                :NOTES_SHOWN
            ],
        }
        for connection in list_connections(desk.vendor)
    ]
    return show(request, desk, "channels", {"section": "channels", "shops": shops})


@desk_page("POST")
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Shows the way to the consent page: our policy lets links leave the market, not forms."""
    address = connecting.start_consent(vendor=desk.vendor, user=desk.user)
    return show(request, desk, "channel_consent", {"section": "channels", "address": address})


@desk_page("GET")
def come_back(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The way back from the consent page; its state is ours, single-use and of this person."""
    try_or_say(
        request,
        lambda: connecting.finish_consent(
            user=desk.user,
            state=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
            shop_id=request.GET.get("shop_id", ""),
        ),
        _("The shop is connected. Now choose what to offer there."),
    )
    return redirect("sellers:channels")


@desk_page("POST")
def stop(request: HttpRequest, desk: Desk, connection_id: int) -> HttpResponse:
    connection = _shop(desk, connection_id)
    try_or_say(
        request,
        lambda: connecting.disconnect(connection=connection, user=desk.user),
        _("The shop is disconnected. Orders already taken go on."),
    )
    return redirect("sellers:channels")


@desk_page("POST")
def offer(request: HttpRequest, desk: Desk, connection_id: int, variant_id: int) -> HttpResponse:
    connection = _shop(desk, connection_id)
    variant = _variant(desk, variant_id)
    try_or_say(
        request,
        lambda: offering.offer_variant(
            connection=connection, variant=variant, price_vnd=variant.price_vnd, user=desk.user
        ),
        _("We are offering it there now. This takes a moment."),
    )
    return redirect("sellers:channels")


@desk_page("POST")
def end(request: HttpRequest, desk: Desk, connection_id: int, listing_id: int) -> HttpResponse:
    listing = _listing(_shop(desk, connection_id), listing_id)
    try_or_say(
        request,
        lambda: offering.end_listing(listing=listing, user=desk.user),
        _("The offer there has ended."),
    )
    return redirect("sellers:channels")


@desk_page("POST")
def push_now(request: HttpRequest, desk: Desk, connection_id: int, listing_id: int) -> HttpResponse:
    listing = _listing(_shop(desk, connection_id), listing_id)
    try_or_say(request, lambda: push.push_stock(listing_id=listing.pk), _("Sent once more."))
    return redirect("sellers:channels")


@desk_page("POST")
def keep_back(request: HttpRequest, desk: Desk, connection_id: int) -> HttpResponse:
    connection = _shop(desk, connection_id)
    typed = parse_digits(request.POST.get("buffer", "").strip(), longest=8)
    amount = -1 if typed is None else typed
    try_or_say(
        request,
        lambda: push.set_buffer(connection=connection, buffer=amount, user=desk.user),
        _("Saved. The numbers there follow now."),
    )
    return redirect("sellers:channels")


def _shop(desk: Desk, connection_id: int) -> Connection:
    connection = list_connections(desk.vendor).filter(pk=connection_id).first()
    if connection is None:
        raise Http404
    return connection


def _variant(desk: Desk, variant_id: int) -> Variant:
    variant = (
        Variant.objects.filter(pk=variant_id, product__vendor=desk.vendor)
        .select_related("product")
        .first()
    )
    if variant is None:
        raise Http404
    return variant


def _listing(connection: Connection, listing_id: int) -> Listing:
    listing = connection.listings.filter(pk=listing_id).select_related("connection").first()
    if listing is None:
        raise Http404
    return listing
