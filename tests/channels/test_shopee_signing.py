import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from channels.shopee.signing import AUTH_PATH, auth_link, sign_public, sign_shop, verify_push

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "channels.json").read_text(encoding="utf-8")
)["vectors"]


def of(purpose: str) -> list[Any]:
    return [pytest.param(v, id=v["id"]) for v in VECTORS if v["purpose"] == purpose]


@pytest.mark.parametrize("vector", of("request_sign"))
def test_a_request_is_signed_as_the_vector_says(vector: dict[str, Any]) -> None:
    given = vector["input"]
    if given["access_token"]:
        made = sign_shop(**given)
    else:
        names = ("partner_id", "partner_key", "path", "timestamp")
        made = sign_public(**{name: given[name] for name in names})
    assert made == vector["expected"]


def test_the_consent_link_carries_its_signature_and_the_way_back() -> None:
    vector = next(v for v in VECTORS if v["id"] == "shopee-authlink-1")
    given = vector["input"]
    link = auth_link(
        base_url="https://partner.example",
        partner_id=given["partner_id"],
        partner_key=given["partner_key"],
        timestamp=given["timestamp"],
        redirect="https://cho.example/về?state=a b&x=1",
    )
    parts = urlsplit(link)
    assert (parts.netloc, parts.path) == ("partner.example", AUTH_PATH)
    assert parse_qs(parts.query) == {
        "partner_id": ["847892"],
        "timestamp": ["1700000000"],
        "sign": [vector["expected"]],
        "redirect": ["https://cho.example/về?state=a b&x=1"],
    }


def push(vector: dict[str, Any], authorization: str | None) -> bool:
    given = vector["input"]
    return verify_push(
        key=given["partner_key"],
        url=given["url"],
        raw_body=given["body"].encode(),
        authorization=authorization,
    )


@pytest.mark.parametrize("vector", of("webhook_verify"))
def test_a_push_with_the_vectors_signature_is_believed(vector: dict[str, Any]) -> None:
    assert push(vector, vector["expected"])


@pytest.mark.parametrize("vector", of("webhook_must_reject"))
def test_a_push_with_a_wrong_signature_is_not_believed(vector: dict[str, Any]) -> None:
    assert not push(vector, vector["given_signature"])


@pytest.mark.parametrize("given", [None, "", " ", "0" * 64, "é", "\udcff"])
@pytest.mark.parametrize("vector", of("webhook_verify"))
def test_a_missing_or_odd_signature_fails_like_a_wrong_one(
    vector: dict[str, Any], given: str | None
) -> None:
    assert not push(vector, given)


@pytest.mark.parametrize("vector", of("webhook_verify"))
def test_another_address_key_case_or_byte_order_mark_is_not_believed(
    vector: dict[str, Any],
) -> None:
    given, right = vector["input"], vector["expected"]
    raw = given["body"].encode()
    key, url = given["partner_key"], given["url"]
    assert not verify_push(key=key + "x", url=url, raw_body=raw, authorization=right)
    assert not verify_push(key=key, url=url + "/", raw_body=raw, authorization=right)
    assert not verify_push(key=key, url=url, raw_body=raw, authorization=right.upper())
    assert not verify_push(key=key, url=url, raw_body=b"\xef\xbb\xbf" + raw, authorization=right)
