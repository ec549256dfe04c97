"""Attacks on accounts (S25–S31 of the security list): guessing, probing, flooding, leading away."""

import itertools
import json
import os
import re
import string
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client, override_settings
from django.utils.html import escape

from accounts import services
from accounts.errors import CodeEnded, TooManyTries, WrongSignIn
from accounts.models import OneTimeCode, User
from accounts.services import Visitor, people
from core import clock, relay, rules
from core.models import Case, OutboxEntry, Rule
from marketplace.middleware import flood
from notifications.models import Message
from tests.making import make_purchase, make_rates, make_user, make_variant, make_vendor
from tests.web.own_making import (
    ANSWER,
    CODE,
    ME,
    PASSWORD,
    PHONE,
    PROVE,
    SIGN_IN,
    forget_limits,
    newest_code,
    post,
    sign_in,
    user_of,
)
from vietnam.number import make_number

FORGOT, SIGN_UP = "/tai-khoan/quen-mat-khau/", "/tai-khoan/dang-ky/"
ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SAME_MS = 50


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    forget_limits()
    rules.forget()
    yield
    rules.forget()


@pytest.fixture
def chi(db: None) -> User:
    return make_user(phone="+84912345678", full_name="Chi")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were really compared."""
    compared: list[str] = []

    def counted(_request: None, *, login: str, password: str) -> object:
        compared.append(password)
        return authenticate(None, login=login, password=password)

    monkeypatch.setattr(people, "authenticate", counted)
    return compared


def guess(login: str, password: str, address: str) -> str:
    try:
        services.sign_in(login=login, password=password, visitor=Visitor(address))
    except (TooManyTries, WrongSignIn) as error:
        return type(error).__name__
    return "in"


def test_a_thousand_passwords_on_one_account_from_everywhere(chi: User, checks: list[str]) -> None:
    told = Counter(guess(PHONE, f"sai-{n}", f"198.51.100.{n % 250}") for n in range(1000))
    assert told == {"WrongSignIn": 10, "TooManyTries": 990}
    assert len(checks) == 10


def test_one_password_on_a_thousand_accounts_from_one_address(chi: User, checks: list[str]) -> None:
    told = Counter(guess(f"09{n:08d}", "mat-khau-chung", "203.0.113.9") for n in range(1000))
    assert told == {"WrongSignIn": 50, "TooManyTries": 950}
    assert len(checks) == 50


@pytest.mark.django_db(transaction=True)
def test_fifty_guesses_at_once_compare_ten_passwords(checks: list[str]) -> None:
    make_user(phone="+84912345678")
    barrier = Barrier(50)

    def one(number: int) -> str:
        barrier.wait()
        try:
            return guess(PHONE, f"sai-{number}", f"198.51.100.{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        told = Counter(pool.map(one, range(50)))
    assert told == {"WrongSignIn": 10, "TooManyTries": 40}
    assert len(checks) == 10


def apart_ms(*acts: Callable[[], object], samples: int = 5) -> float:
    """How far the work of these is apart: by turns, in this process's own time, the least of each,
    so that a busy machine says nothing."""
    spent: dict[int, list[float]] = {place: [] for place in range(len(acts))}
    for _sample in range(samples):
        for place, act in enumerate(acts):
            forget_limits()
            started = time.process_time()
            act()
            spent[place].append((time.process_time() - started) * 1000)
    least = [min(times) for times in spent.values()]
    return max(least) - min(least)


@override_settings(PASSWORD_HASHERS=ARGON)
def test_signing_in_takes_the_same_time_for_known_and_unknown(db: None) -> None:
    make_user(phone="+84912345678")
    make_user(phone="+84912345679", is_active=False)
    known, ended, unknown = (
        partial(sign_in, Client(), login=login, password="sai")
        for login in ("0912345678", "0912345679", "0912345600")
    )
    assert apart_ms(known, ended, unknown) < SAME_MS


def test_asking_for_a_new_password_takes_the_same_time_and_words(chi: User) -> None:
    numbers = itertools.count()

    def known() -> None:
        OneTimeCode.objects.all().delete()
        post(Client(), FORGOT, login=PHONE)

    def unknown() -> None:
        OneTimeCode.objects.all().delete()
        post(Client(), FORGOT, login=f"09{next(numbers):08d}")

    assert apart_ms(known, unknown) < SAME_MS
    pages = []
    for login in (PHONE, "0912 345 600"):
        one = Client()
        OneTimeCode.objects.all().delete()
        begun = post(one, FORGOT, login=login)
        page = re.sub(r'value="[^"]*"|to=[^"]*|\d{3} ••• \d+', "", one.get(CODE).content.decode())
        pages.append((begun.status_code, begun.headers["Location"], page))
    assert pages[0] == pages[1]


def test_opening_an_account_takes_the_same_time_for_a_taken_number(chi: User) -> None:
    def begin(login: str) -> None:
        OneTimeCode.objects.all().delete()
        form = {"full_name": "Ba", "login": login, "password": "vuon dieu nha toi"}
        assert post(Client(), SIGN_UP, **form).status_code == 302

    assert apart_ms(partial(begin, PHONE), partial(begin, "0912 345 600")) < SAME_MS


def test_following_takes_the_same_time_for_a_real_order(db: None) -> None:
    make_rates()
    order = make_purchase({make_variant(make_vendor()): 1}, phone=PHONE).number
    other = make_number()

    def ask(number: str, phone: str) -> None:
        OneTimeCode.objects.all().delete()
        form = {"number": number, "phone": phone}
        assert post(Client(), "/don-hang/", **form).status_code == 303

    real, wrong_phone = partial(ask, order, PHONE), partial(ask, order, "0912 345 600")
    assert apart_ms(real, wrong_phone, partial(ask, other, PHONE)) < SAME_MS


@pytest.mark.parametrize(
    "number", ["1900 1234", "+1 900 555 0100", "+44 906 000 0000", "02713 879 123", "113", "+84"]
)
def test_no_code_goes_to_dear_foreign_or_fixed_numbers(db: None, number: str) -> None:
    assert post(Client(), FORGOT, login=number).status_code == 422
    form = {"full_name": "An", "login": number, "password": "vuon dieu nha toi"}
    assert post(Client(), SIGN_UP, **form).status_code == 422
    assert not OneTimeCode.objects.exists()


@override_settings(TRUSTED_PROXIES=1)
def test_codes_for_many_numbers_from_one_address_come_to_an_end(db: None) -> None:
    def ask(number: int, address: str) -> int:
        made = Client().post(
            FORGOT,
            {"login": f"09{number:08d}"},
            headers={
                "Sec-Fetch-Site": "same-origin",
                "X-Forwarded-For": f"10.0.0.{number % 9}, {address}",
            },
        )
        if made.status_code == 429:
            assert 1 <= int(made.headers["Retry-After"]) <= 3601
        return made.status_code

    told = Counter(ask(number, "203.0.113.9") for number in range(70))
    assert told == {302: 60, 429: 10}
    assert ask(99, "203.0.113.10") == 302
    assert OneTimeCode.objects.count() == 61


def test_walking_through_order_numbers_shows_nothing_and_comes_to_an_end(db: None) -> None:
    """S4: a number alone opens nothing, with a phone only a code does, and the walk is stopped."""
    told: Counter[int] = Counter()
    walker = Client()
    for number in range(64):
        told[walker.get(f"/don-hang/BP{number:09d}").status_code] += 1
        form = {"number": make_number(), "phone": f"09{number:08d}"}
        told[post(walker, "/don-hang/", **form).status_code] += 1
    assert told == {303: 64 + 60, 429: 4}
    assert not OutboxEntry.objects.filter(topic="code.issued").exists()


@override_settings(TRUSTED_PROXIES=1)
def test_a_flood_of_pages_from_one_address_is_stopped_and_others_read_on(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S38: 600 pages in a minute; a known page costs no more than before."""
    Rule.objects.create(
        name="platform.pages_per_minute", value=20, valid_from=clock.today() - timedelta(days=1)
    )
    rules.forget()
    monkeypatch.setattr(flood, "UNCOUNTED", 5)
    reader = Client()

    def read(address: str, path: str = "/quy-che/") -> int:
        forwarded = {"X-Forwarded-For": f"10.1.2.3, {address}"}
        page = reader.get(path, headers=forwarded)
        if page.status_code == 429:
            assert 1 <= int(page.headers["Retry-After"]) <= 61
            assert "Bạn đã thử quá nhiều lần" in page.content.decode()
        return page.status_code

    told = Counter(read("203.0.113.9") for _page in range(50))
    assert told[429] >= 10  # a minute may have ended in between
    assert read("203.0.113.10") == 200
    assert read("203.0.113.9", "/healthz") == 200
    assert {read("127.0.0.1") for _page in range(25)} == {200}


def test_production_cookies_belong_to_this_host_alone_and_to_no_script() -> None:
    """S39: the browser itself keeps `__Host-` cookies from other hosts and plain connections."""
    asked = (
        "from django.conf import settings as s;"
        "from web.accounts.visitor import DEVICE_COOKIE as d;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.CART_COOKIE_NAME, d,"
        "s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY,"
        "s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS >= 31536000)"
    )
    setup = "import django; django.setup();"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        "MODE": "production",
        "SECRET_KEY": "k" * 30 + string.ascii_letters,
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", setup + asked], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [
        "__Host-session", "__Host-form", "__Host-cart", "__Host-device",
        "True", "True", "True", "Lax", "True",
    ]  # fmt: skip


def test_a_flood_of_codes_is_looked_at_by_a_person_once(db: None) -> None:
    Rule.objects.create(
        name="accounts.codes_alarm_per_hour", value=3, valid_from=clock.today() - timedelta(days=1)
    )
    rules.forget()
    for number in range(6):
        services.issue_code(purpose="confirm_contact", target=f"+849{number:08d}")
    assert Case.objects.get().kind == "codes_flood"


def test_a_new_password_ends_every_code_for_another_one(client: Client, chi: User) -> None:
    post(client, FORGOT, login=PHONE)
    code = newest_code()
    services.change_password(user=chi, old_password=PASSWORD, new_password="vuon tieu moi")
    assert post(client, CODE, code=code, password="cua ke gian").status_code == 422
    with pytest.raises(CodeEnded):
        services.reset_password(target="+84912345678", code=code, password="cua ke gian")
    assert sign_in(Client(), password="vuon tieu moi").status_code == 302


def test_a_code_of_one_flow_opens_no_other(client: Client, chi: User) -> None:
    post(client, FORGOT, login=PHONE)
    code = newest_code()
    other = Client()
    form = {"full_name": "Ba", "login": "0912 345 600", "password": "vuon dieu nha toi"}
    post(other, SIGN_UP, **form)
    assert post(other, CODE, code=code).status_code == 422
    assert user_of(other) is None
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "wanted",
    ["//evil.vn", "/\\evil.vn", "https:evil.vn", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b",
     "/\t/evil.vn", "///evil.vn", "/%0d%0aSet-Cookie:a=b//", "\u2028//evil.vn"],
)  # fmt: skip
def test_proving_who_one_is_never_leads_away(client: Client, chi: User, wanted: str) -> None:
    sign_in(client)
    response = post(client, PROVE, password=PASSWORD, next=wanted)
    assert response.headers["Location"] in (ME, "/%0d%0aSet-Cookie:a=b//")
    assert "Set-Cookie: a" not in str(response.headers)
    page = client.get(PROVE, {"next": wanted}).content.decode()
    assert re.findall(r'name="next" value="([^"]*)"', page) in ([""], ["/%0d%0aSet-Cookie:a=b//"])


def test_messages_link_to_our_name_whatever_the_request_says(chi: User) -> None:
    form = {"full_name": "Ba", "login": PHONE, "password": "vuon dieu nha toi"}
    forged = {"X-Forwarded-Host": "evil.vn", "Forwarded": "host=evil.vn"}
    Client().post(SIGN_UP, form, headers={"Sec-Fetch-Site": "same-origin", **forged})
    with clock.shifted(timedelta(minutes=1)):
        relay.run()
    body = Message.objects.get(template="account_exists").body
    assert settings.PUBLIC_URL in body
    assert "evil" not in body
    foreign = Client().post(
        SIGN_UP, form, headers={"Sec-Fetch-Site": "same-origin", "Host": "evil.vn"}
    )
    assert foreign.status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
def test_another_sites_page_answers_no_question(chi: User, kind: str) -> None:
    told = json.dumps({"answer": {}})
    strict = Client(enforce_csrf_checks=True)
    for headers in ({"Origin": "https://evil.vn"}, {"Sec-Fetch-Site": "cross-site"}):
        made = strict.post(ANSWER, told, content_type=kind, headers=headers)
        assert made.status_code == 403


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}${7*7}{% csrf_token %}",
    "a\u2028b'\"><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_inert_text_on_every_page_of_its_owner(
    client: Client, chi: User, name: str
) -> None:
    sign_in(client)
    post(client, ME, full_name=name, language="vi")
    post(client, "/tai-khoan/dia-chi/them/", name=name, phone=PHONE, province="79",
         ward="26743", street=name)  # fmt: skip
    for path in (ME, "/tai-khoan/dia-chi/", "/tai-khoan/dia-chi/them/"):
        page = client.get(path).content.decode()
        assert not re.search(r"<script>|<img src=x|<svg/onload", page), path
        assert escape(" ".join(name.split())) in page or path.endswith("them/"), path


def test_a_wrong_password_is_neither_shown_nor_logged(
    client: Client, chi: User, caplog: pytest.LogCaptureFixture
) -> None:
    response = sign_in(client, password="mat-khau-bi-mat-cua-toi")
    assert "mat-khau-bi-mat" not in response.content.decode()
    assert "mat-khau-bi-mat" not in caplog.text


def test_signed_in_pages_of_two_people_never_mix(chi: User) -> None:
    make_user(phone="+84900000031", full_name="Ba Riêng")
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second, login="0900000031")
    for path in (ME, "/", "/gio", "/tai-khoan/du-lieu/"):
        mine, theirs = first.get(path).content.decode(), second.get(path).content.decode()
        assert "Ba Riêng" not in mine
        assert "0912" not in theirs or path == "/"


def test_the_way_to_sign_in_keeps_only_our_own_addresses(client: Client, db: None) -> None:
    page = client.get(SIGN_IN, {"next": "//evil.vn"}).content.decode()
    assert set(re.findall(r'name="next" value="([^"]*)"', page)) == {""}
