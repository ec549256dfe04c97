"""/api/v2/…: the table of calls, and the one way each of them is answered."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from simulators.shopee import (
    amounts,
    items,
    listing,
    logistics,
    media,
    orders,
    push_api,
    tokens,
    variants,
)
from simulators.shopee.faults import Fault, strike_before, take_fault
from simulators.shopee.gate import allowed_shop, count_call, signed_partner
from simulators.shopee.refusals import Refusal
from simulators.shopee.sim import Call, Reply, Sim
from simulators.web import JSON, DropConnection, Request, Response, json_response

PREFIX = "/api/v2/"


@dataclass(frozen=True)
class Endpoint:
    method: str
    of_shop: bool
    run: Callable[[Call], Reply]
    is_upload: bool = False


def _table(
    method: str, calls: dict[str, Callable[[Call], Reply]], *, of_shop: bool = True
) -> dict[str, Endpoint]:
    return {name: Endpoint(method, of_shop, run) for name, run in calls.items()}


ENDPOINTS: dict[str, Endpoint] = {
    **_table(
        "POST",
        {
            "auth/token/get": tokens.get_token,
            "auth/access_token/get": tokens.refresh_token,
            "push/set_app_push_config": push_api.set_app_push_config,
            "push/confirm_consumed_lost_push_message": push_api.confirm_consumed_lost_push_message,
        },
        of_shop=False,
    ),
    **_table(
        "GET",
        {
            "push/get_app_push_config": push_api.get_app_push_config,
            "push/get_lost_push_message": push_api.get_lost_push_message,
        },
        of_shop=False,
    ),
    "media_space/upload_image": Endpoint(
        "POST", of_shop=False, run=media.upload_image, is_upload=True
    ),
    **_table(
        "GET",
        {
            "shop/get_shop_info": listing.get_shop_info,
            "product/get_category": listing.get_category,
            "product/get_attribute_tree": listing.get_attribute_tree,
            "product/get_item_limit": listing.get_item_limit,
            "product/get_brand_list": listing.get_brand_list,
            "product/get_item_list": listing.get_item_list,
            "product/get_item_base_info": listing.get_item_base_info,
            "product/get_model_list": listing.get_model_list,
            "product/search_item": listing.search_item,
            "order/get_order_list": orders.get_order_list,
            "order/get_order_detail": orders.get_order_detail,
            "logistics/get_channel_list": logistics.get_channel_list,
            "logistics/get_shipping_parameter": logistics.get_shipping_parameter,
            "logistics/get_tracking_number": logistics.get_tracking_number,
        },
    ),
    **_table(
        "POST",
        {
            "product/add_item": items.add_item,
            "product/update_item": items.update_item,
            "product/unlist_item": items.unlist_item,
            "product/delete_item": items.delete_item,
            "product/init_tier_variation": variants.init_tier_variation,
            "product/update_stock": amounts.update_stock,
            "product/update_price": amounts.update_price,
            "order/cancel_order": orders.cancel_order,
            "order/handle_buyer_cancellation": orders.handle_buyer_cancellation,
            "logistics/ship_order": logistics.ship_order,
        },
    ),
}


def serve(sim: Sim, request: Request) -> Response:
    """Answer one call. A refused call has changed nothing."""
    try:
        endpoint = _endpoint(request)
        with sim.store.transaction() as db:
            fault = take_fault(db, request.path, "*")
        if fault:
            strike_before(fault)
        with sim.store.transaction() as db:
            reply = endpoint.run(_admitted(sim, db, request, endpoint))
    except Refusal as refusal:
        return _refused(sim, refusal)
    sim.wake.set()
    return _answered(reply, fault)


def _endpoint(request: Request) -> Endpoint:
    endpoint = ENDPOINTS.get(request.path.removeprefix(PREFIX))
    if endpoint is None or endpoint.method != request.method:
        raise Refusal(
            "error_param",
            "Permission denied. This API is currently offline or the request path is incorrect.",
        )
    return endpoint


def _admitted(sim: Sim, db: sqlite3.Connection, request: Request, endpoint: Endpoint) -> Call:
    partner_id = signed_partner(sim, db, request, of_shop=endpoint.of_shop)
    shop_id = allowed_shop(sim, db, request, partner_id) if endpoint.of_shop else 0
    count_call(sim, partner_id, shop_id)
    body: JSON = {}
    if endpoint.method == "POST" and not endpoint.is_upload:
        body = _json_body(request)
    return Call(sim, db, request, partner_id, shop_id, body)


def _json_body(request: Request) -> JSON:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refusal("error_param", "The content type should be application/json.")
    try:
        return request.json()
    except ValueError as error:
        raise Refusal("error_param", "parameter invalid") from error


def _answered(reply: Reply, fault: Fault | None) -> Response:
    if fault and fault.mode == "lost_reply":
        raise DropConnection
    answer: JSON = {"error": "", "message": "", "request_id": secrets.token_hex(16), **reply.flat}
    if reply.warning:
        answer["warning"] = reply.warning
    if reply.response is not None:
        answer["response"] = reply.response
    return json_response(answer)


def _refused(sim: Sim, refusal: Refusal) -> Response:
    answer: JSON = {
        "error": refusal.code,
        "message": refusal.message,
        "request_id": secrets.token_hex(16),
    }
    if refusal.response is not None:
        answer["response"] = refusal.response
    return json_response(answer, 200 if sim.settings["plain_200"] else refusal.status)
