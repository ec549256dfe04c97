import time
from typing import Any

import pytest

from tests.simulators.calling import Partner, send


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"partner_id": None}, "error_param", "There is no partner_id in query."),
        (
            {"partner_id": "abc"},
            "error_param",
            "Partner_id is invalid, should be an integer between 0 and 4294967295.",
        ),
        ({"partner_id": 7}, "invalid_partner_id", "Invalid partner_id, please have a check."),
        ({"timestamp": None}, "error_param", "no timestamp."),
        (
            {"timestamp": int(time.time() * 1000)},
            "error_param",
            "Timestamp is invalid, should be an integer between 0 and 4294967295.",
        ),
        ({"sign": None}, "error_param", "There is no sign in query."),
        ({"sign": "0" * 64}, "error_sign", "Wrong sign."),
        ({"access_token": None}, "error_param", "There is no access_token in query."),
        ({"shop_id": None}, "error_param", "There is no shop_id in query."),
        ({"access_token": "f" * 32}, "error_sign", "Wrong sign."),
    ],
)
def test_a_badly_signed_call_is_refused(
    partner: Partner, changes: dict[str, Any], error: str, message: str
) -> None:
    partner.changes = changes
    answer = partner.get("shop/get_shop_info")
    assert (answer["error"], answer["message"]) == (error, message)
    assert len(answer["request_id"]) == 32


def test_an_upper_case_signature_is_wrong(partner: Partner) -> None:
    url = partner.url("shop/get_shop_info")
    sign = url.split("sign=")[1].split("&")[0]
    assert send("GET", url.replace(sign, sign.upper())).data["error"] == "error_sign"


@pytest.mark.parametrize("late", [-310, 310])
def test_a_timestamp_outside_five_minutes_is_expired(partner: Partner, late: int) -> None:
    partner.stamp = int(time.time()) + late
    answer = partner.get("shop/get_shop_info")
    assert (answer["error"], answer["message"]) == ("error_param", "Timestamp is expired.")


@pytest.mark.parametrize("late", [-290, 290])
def test_a_timestamp_within_five_minutes_passes(partner: Partner, late: int) -> None:
    partner.stamp = int(time.time()) + late
    assert partner.get("shop/get_shop_info")["error"] == ""


def test_a_token_of_another_shop_is_refused(partner: Partner) -> None:
    other = Partner(partner.base, shop=600002)
    back = other.consent(shop="600002")
    other.token = other.token_for(back["code"], 600002)["access_token"]
    assert other.get("shop/get_shop_info")["error"] == ""
    other.token = partner.token
    assert other.get("shop/get_shop_info")["error"] == "invalid_acceess_token"


def test_a_shop_that_did_not_consent_is_not_linked(partner: Partner) -> None:
    partner.shop = 600003
    assert partner.get("shop/get_shop_info")["error"] == "shop_no_linked"


def test_an_unknown_shop_has_no_link(partner: Partner) -> None:
    partner.shop = 5
    assert partner.get("shop/get_shop_info")["error"] == "partner_shop_no_link"


def test_a_banned_shop_is_refused(partner: Partner) -> None:
    partner.control("shops", shop_id=partner.shop, banned=True)
    assert partner.get("shop/get_shop_info")["error"] == "shop_banned"


def test_an_unknown_path_and_a_wrong_method_are_refused(partner: Partner) -> None:
    message = "Permission denied. This API is currently offline or the request path is incorrect."
    assert partner.get("product/nothing")["message"] == message
    assert partner.get("product/add_item")["message"] == message


def test_a_body_that_is_no_json_object_is_refused(partner: Partner) -> None:
    url = partner.url("product/add_item")
    for body in (b"", b"[]", b'{"weight": NaN}', b"item_name=x"):
        answer = send("POST", url, body, {"Content-Type": "application/json"}).data
        assert (answer["error"], answer["message"]) == ("error_param", "parameter invalid")
    assert send("POST", url, b"{}").data["message"] == (
        "The content type should be application/json."
    )


def test_calls_over_the_rate_are_refused_for_this_shop_only(partner: Partner) -> None:
    partner.control("settings", rate_per_minute=3)
    errors = [partner.get("shop/get_shop_info")["error"] for _ in range(8)]
    assert set(errors[-4:]) <= {"error_rate_limit", ""}
    assert errors.count("error_rate_limit") >= 2
    assert partner.get("push/get_app_push_config", of_shop=False)["error"] == ""


def test_errors_can_come_with_status_200(partner: Partner) -> None:
    partner.changes = {"sign": "0" * 64}
    url = partner.url("shop/get_shop_info")
    assert send("GET", url).status == 403
    partner.control("settings", plain_200=1)
    assert send("GET", url).status == 200


def test_a_control_call_from_another_site_is_refused(partner: Partner) -> None:
    headers = {"Origin": "https://evil.example", "Content-Type": "application/json"}
    answer = send("POST", f"{partner.base}/_sim/revoke", b'{"shop_id": 600001}', headers)
    assert answer.status == 403
    assert partner.get("shop/get_shop_info")["error"] == ""
