"""A signed-in person's browser, and what it says on every post. No test."""

import json
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts import services
from accounts.models import OneTimeCode
from accounts.services import factors
from core import clock, valkey
from tests.accounts.passkey import SoftKey

PHONE, PASSWORD = "0912 345 678", "mat-khau-rieng"
SIGN_IN, CODE, ME = "/tai-khoan/dang-nhap/", "/tai-khoan/ma-xac-nhan/", "/tai-khoan/"
SECURITY, DATA, DEVICES = "/tai-khoan/bao-mat/", "/tai-khoan/du-lieu/", "/tai-khoan/thiet-bi/"
ADDRESSES, PROVE = "/tai-khoan/dia-chi/", "/tai-khoan/xac-nhan-lai/"
ASK, ANSWER = "/tai-khoan/khoa-truy-cap/hoi", "/tai-khoan/khoa-truy-cap/tra-loi"
OURS = {"Sec-Fetch-Site": "same-origin"}
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def forget_limits() -> None:
    for key in valkey.client().scan_iter("market:limit:*"):
        valkey.client().delete(key)


def post(client: Client, path: str, **data: str) -> HttpResponse:
    return client.post(path, data, headers=OURS)  # type: ignore[return-value]


def sign_in(client: Client, login: str = PHONE, password: str = PASSWORD) -> HttpResponse:
    return post(client, SIGN_IN, login=login, password=password)


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def newest_code() -> str:
    return services.code_text(OneTimeCode.objects.latest("pk"))


def app_code(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or some steps later."""
    return factors.code_at(secret, int(clock.now().timestamp()) // 30 + steps)


def ask_passkey(client: Client, purpose: str) -> dict[str, Any]:
    made = client.post(ASK, {"purpose": purpose}, headers=OURS)
    told: dict[str, Any] = made.json()
    return told


def answer_passkey(client: Client, answer: dict[str, Any], **more: str) -> HttpResponse:
    told = json.dumps({"answer": answer, **more})
    return client.post(ANSWER, told, content_type="text/plain", headers=OURS)  # type: ignore[return-value]


def use_passkey(client: Client, key: SoftKey, purpose: str, **more: str) -> HttpResponse:
    """The whole ceremony of signing in or proving."""
    return answer_passkey(client, key.get(ask_passkey(client, purpose)), **more)


def bare(page: bytes) -> str:
    """A page without its token, to compare what two people see."""
    return _TOKEN.sub("", page.decode())
