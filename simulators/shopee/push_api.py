"""push/*: the app's callback, and the notices that were lost."""

import json

from simulators.shopee.inputs import whole
from simulators.shopee.pushing import post
from simulators.shopee.refusals import Refusal, wrong
from simulators.shopee.sim import Call, Reply
from simulators.web import JSON

KEPT_SECONDS = 3 * 86400
PAGE = 100


def set_app_push_config(call: Call) -> Reply:
    partner = call.db.execute(
        "SELECT callback, push_key, push_off FROM partners WHERE partner_id = ?",
        (call.partner_id,),
    ).fetchone()
    callback = call.body.get("callback_url", partner["callback"])
    if not isinstance(callback, str) or not callback.startswith(("http://", "https://")):
        raise Refusal(
            "error_param", "this callback_url is invalid, please check your callback_url."
        )
    off = set(json.loads(partner["push_off"]))
    off |= set(_codes(call.body, "set_push_config_off"))
    off -= set(_codes(call.body, "set_push_config_on"))
    if callback != partner["callback"]:
        _check_answers(call, callback, partner["push_key"])
    call.db.execute(
        "UPDATE partners SET callback = ?, push_off = ? WHERE partner_id = ?",
        (callback, json.dumps(sorted(off)), call.partner_id),
    )
    return Reply({"result": "success"})


def _codes(body: JSON, name: str) -> list[int]:
    codes = body.get(name, [])
    if not isinstance(codes, list) or not all(isinstance(code, int) for code in codes):
        raise wrong(f"{name} should be a list of integers")
    return codes


def _check_answers(call: Call, callback: str, key: str) -> None:
    """A new callback must answer a test push before it is taken."""
    data = {"verify_info": "This is a Verification message. Please respond in the certain format."}
    body = json.dumps({"code": 0, "timestamp": call.now, "data": data}).encode()
    if post(callback, key, body, call.sim.settings["push_timeout"]):
        raise Refusal(
            "error_param",
            "Shopee have sent a test push to this call back url, but we didn't get any response"
            " in 3 seconds with 2xx code, please check your service.",
        )


def get_app_push_config(call: Call) -> Reply:
    row = call.db.execute(
        "SELECT callback, push_off FROM partners WHERE partner_id = ?", (call.partner_id,)
    ).fetchone()
    off = json.loads(row["push_off"])
    return Reply(
        {
            "callback_url": row["callback"],
            "live_push_status": "Normal",
            "blocked_shop_id": [],
            "push_config_on_list": [code for code in range(1, 16) if code not in off],
            "push_config_off_list": off,
        }
    )


def get_lost_push_message(call: Call) -> Reply:
    rows = call.db.execute(
        "SELECT id, shop_id, code, body, lost_at FROM pushes WHERE partner_id = ?"
        " AND state = 'lost' AND NOT confirmed AND lost_at > ? ORDER BY id LIMIT ?",
        (call.partner_id, call.sim.clock.now() - KEPT_SECONDS, PAGE + 1),
    ).fetchall()
    page = rows[:PAGE]
    return Reply(
        {
            "push_message_list": [
                {
                    "shop_id": row["shop_id"],
                    "code": row["code"],
                    "timestamp": int(row["lost_at"]),
                    "data": json.dumps(json.loads(row["body"])["data"], ensure_ascii=False),
                }
                for row in page
            ],
            "has_next_page": len(rows) > PAGE,
            "last_message_id": page[-1]["id"] if page else 0,
        }
    )


def confirm_consumed_lost_push_message(call: Call) -> Reply:
    call.db.execute(
        "UPDATE pushes SET confirmed = 1 WHERE partner_id = ? AND state = 'lost' AND id <= ?",
        (call.partner_id, whole(call.body, "last_message_id", 1)),
    )
    return Reply()
