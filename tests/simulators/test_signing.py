import json
from pathlib import Path
from typing import Any

import pytest

from simulators.shopee.signing import base_string, is_right, push_authorization

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "channels.json").read_text(encoding="utf-8")
)["vectors"]


def of(purpose: str) -> list[Any]:
    return [pytest.param(v, id=v["id"]) for v in VECTORS if v["purpose"] == purpose]


def test_all_eight_shopee_vectors_are_here() -> None:
    assert sorted(v["purpose"] for v in VECTORS) == [
        *["request_sign"] * 4,
        *["webhook_must_reject"] * 2,
        *["webhook_verify"] * 2,
    ]


@pytest.mark.parametrize("vector", of("request_sign"))
def test_a_request_is_signed_as_the_vector_says(vector: dict[str, Any]) -> None:
    given = vector["input"]
    parts = ("partner_id", "path", "timestamp", "access_token", "shop_id")
    base = base_string(*(str(given[part]) for part in parts))
    assert base == vector["base_string"]
    assert is_right(given["partner_key"], base, vector["expected"])
    assert not is_right(given["partner_key"], base, vector["expected"].upper())


@pytest.mark.parametrize("vector", of("webhook_verify"))
def test_a_push_is_signed_as_the_vector_says(vector: dict[str, Any]) -> None:
    given = vector["input"]
    made = push_authorization(given["partner_key"], given["url"], given["body"].encode())
    assert made == vector["expected"]


@pytest.mark.parametrize("vector", of("webhook_must_reject"))
def test_a_wrong_push_signature_is_never_made(vector: dict[str, Any]) -> None:
    given = vector["input"]
    made = push_authorization(given["partner_key"], given["url"], given["body"].encode())
    assert made != vector["given_signature"]
