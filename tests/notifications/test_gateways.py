"""The gateway of text messages and Zalo over real HTTP, and which of the two is chosen."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from core import breaker, clock
from core.errors import ProviderError
from core.models import Case
from notifications import services
from notifications.gateways import GATEWAYS
from notifications.gateways.letter import Letter
from notifications.models import Message, MessageState
from notifications.services.telling import Note, Target, ways_to
from tests.core.listener import Party, party

PHONE, TOKEN = "+84912345678", "token-that-nobody-may-read"
LETTER = Letter(PHONE, "", "Đơn BP123 đã được giao.", "message-7")


@pytest.fixture(autouse=True)
def _own_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaker, "store", breaker.LocalStore())


@pytest.fixture
def gateway() -> Iterator[Party]:
    with party() as running:
        yield running


@pytest.fixture
def use(settings: Settings) -> Callable[[str], None]:
    """The address where messages are handed over from now on."""

    def point(url: str) -> None:
        settings.SMS_GATEWAY = {"url": url, "token": TOKEN, "sender": "NONGSANBP"}

    return point


@pytest.mark.parametrize("way", ["sms", "zalo"])
def test_a_message_is_handed_over_as_the_contract_says(
    gateway: Party, use: Callable[[str], None], way: str
) -> None:
    use(gateway.url("/plain"))
    GATEWAYS[way](LETTER)
    [(method, path, headers, body)] = gateway.seen
    assert (method, path) == ("POST", "/plain")
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == {
        "channel": way,
        "from": "NONGSANBP",
        "to": PHONE,
        "text": "Đơn BP123 đã được giao.",
        "idempotency_key": "message-7",
    }


@pytest.mark.parametrize("way", ["sms", "zalo"])
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/broken", ("_away", True)),
        ("/busy", ("_away", True)),
        ("/missing", ("_refused", False)),
        ("/cut", ("unreachable", True)),
    ],
)
def test_an_error_says_whether_another_try_is_worth_it(
    gateway: Party, use: Callable[[str], None], way: str, path: str, told: tuple[str, bool]
) -> None:
    use(gateway.url(path))
    with pytest.raises(ProviderError) as caught:
        GATEWAYS[way](LETTER)
    assert (caught.value.code.removeprefix(way), caught.value.retryable) == told
    assert len(gateway.seen) == 1


def test_without_an_address_production_waits_and_the_demo_keeps_it(
    use: Callable[[str], None], settings: Settings
) -> None:
    use("")
    GATEWAYS["sms"](LETTER)
    settings.DEMO = False
    for way in ("sms", "zalo"):
        with pytest.raises(ProviderError) as caught:
            GATEWAYS[way](LETTER)
        assert (caught.value.code, caught.value.retryable) == (f"{way}_not_configured", True)


@pytest.mark.parametrize("path", ["/broken", "/missing", "/cut"])
def test_neither_token_nor_phone_nor_text_is_logged(
    gateway: Party,
    use: Callable[[str], None],
    path: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("DEBUG")
    use(gateway.url(path))
    with pytest.raises(ProviderError) as caught:
        GATEWAYS["sms"](LETTER)
    told = "".join([caplog.text, *capfd.readouterr(), repr(caught.value)])
    for secret in (TOKEN, PHONE, LETTER.body):
        assert secret not in told
    assert ("outgoing_failed" in told) is (path == "/cut")


def tell(key: str = "k", **ways: str) -> None:
    note = Note("account_exists", {"sign_in": "https://x/1", "forgot": "https://x/2"})
    services.tell(targets=ways_to(**ways), note=note, dedupe_key=key, language="vi")


def states() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("way", "state", "error"))


def test_an_outage_is_tried_again_under_the_same_key(
    db: None, gateway: Party, use: Callable[[str], None]
) -> None:
    gateway.fail_first = 1
    use(gateway.url("/plain"))
    tell(phone=PHONE)
    services.send_due()
    assert states() == [("sms", MessageState.WAITING, "sms_away")]
    with clock.shifted(timedelta(seconds=16)):
        services.send_due()
    assert states() == [("sms", MessageState.SENT, "")]
    first, second = (json.loads(body) for *_, body in gateway.seen)
    assert first == second
    assert first["idempotency_key"] == f"message-{Message.objects.get().pk}"


def test_zalo_is_chosen_only_where_it_is_configured(settings: Settings) -> None:
    assert ways_to(phone=PHONE, email="an@vuon.vn") == [
        Target("mail", "an@vuon.vn"),
        Target("sms", PHONE),
    ]
    settings.ZALO_NOTICES = True
    assert ways_to(phone=PHONE, email="an@vuon.vn") == [
        Target("mail", "an@vuon.vn"),
        Target("zalo", PHONE),
    ]
    assert ways_to(phone="+842713879123") == []


def test_switching_zalo_on_tells_nothing_twice(db: None, settings: Settings) -> None:
    tell(phone=PHONE)
    settings.ZALO_NOTICES = True
    tell(phone=PHONE)
    assert [way for way, *_ in states()] == ["sms"]


def test_what_zalo_refuses_goes_out_as_a_text_message(
    db: None, gateway: Party, use: Callable[[str], None], settings: Settings
) -> None:
    settings.ZALO_NOTICES = True
    use(gateway.url("/missing"))
    tell(phone=PHONE)
    services.send_due(at_most=1)
    use(gateway.url("/plain"))
    services.send_due()
    assert states() == [
        ("zalo", MessageState.FAILED, "zalo_refused"),
        ("sms", MessageState.SENT, ""),
    ]
    zalo, sms = (json.loads(body) for *_, body in gateway.seen)
    assert (zalo["channel"], sms["channel"]) == ("zalo", "sms")
    assert (zalo["to"], zalo["text"]) == (sms["to"], sms["text"])
    assert not Case.objects.exists()
    refused = Message.objects.get(way="zalo")
    services.retry_failed(message_id=refused.pk)
    use(gateway.url("/missing"))
    services.send_due()
    assert Message.objects.count() == 2


def test_zalo_that_is_away_twice_is_not_waited_for(
    db: None, gateway: Party, use: Callable[[str], None], settings: Settings
) -> None:
    settings.ZALO_NOTICES = True
    gateway.fail_first = 2
    use(gateway.url("/plain"))
    tell(phone=PHONE)
    services.send_due()
    assert states() == [("zalo", MessageState.WAITING, "zalo_away")]
    with clock.shifted(timedelta(seconds=16)):
        services.send_due()
    assert states() == [
        ("zalo", MessageState.FAILED, "zalo_away"),
        ("sms", MessageState.SENT, ""),
    ]


def test_mail_and_zalo_both_arrive_in_the_demos_mailbox(
    db: None, client: Client, settings: Settings
) -> None:
    settings.ZALO_NOTICES = True
    tell(phone=PHONE, email="an@vuon.vn")
    services.send_due()
    assert {state for _, state, _ in states()} == {MessageState.SENT}
    page = client.get("/dev/mailbox/").content.decode()
    assert page.count('<a class="mail"') == 2
    assert '<span class="tag plain">E-mail</span>' in page
    assert '<span class="tag ">Zalo</span>' in page
    zalo = Message.objects.get(way="zalo")
    letter = client.get(f"/dev/mailbox/{zalo.pk}/").content.decode()
    assert "<h1>Zalo</h1>" in letter
