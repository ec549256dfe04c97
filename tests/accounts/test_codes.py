"""One-time codes: limits, tries, time, once."""

from datetime import timedelta

import pytest

from accounts import services
from accounts.errors import CodeEnded, TooManyCodes, WrongCode
from accounts.models import OneTimeCode
from core import clock
from core.models import OutboxEntry

PHONE = "+84912345678"
pytestmark = pytest.mark.django_db


def issue(**changes: str) -> OneTimeCode:
    fields = {"purpose": "follow_order", "target": PHONE, "subject": "BP1"} | changes
    return services.issue_code(**fields)  # type: ignore[arg-type]


def check(text: str, **changes: str) -> OneTimeCode:
    fields = {"purpose": "follow_order", "target": PHONE, "subject": "BP1"} | changes
    return services.check_code(text=text, **fields)


def wrong(code: OneTimeCode) -> str:
    return f"{(int(services.code_text(code)) + 1) % 1_000_000:06d}"


def test_a_right_code_works_once() -> None:
    code = issue()
    assert check(services.code_text(code)).pk == code.pk
    with pytest.raises(CodeEnded):
        check(services.code_text(code))


def test_spaces_in_a_typed_code_are_forgiven() -> None:
    text = services.code_text(issue())
    assert check(f" {text[:3]} {text[3:]} ").used_at is not None


def test_the_outbox_and_the_row_hold_no_digits_of_the_code() -> None:
    code = issue()
    entry = OutboxEntry.objects.get(topic="code.issued")
    assert entry.payload == {"code_id": code.pk, "language": "vi"}
    assert services.code_text(code) not in f"{code.salt}{entry.payload}"


def test_five_wrong_tries_end_the_code() -> None:
    code = issue()
    left = []
    for _try in range(4):
        with pytest.raises(WrongCode) as refusal:
            check(wrong(code))
        left.append(refusal.value.params["left"])
    assert left == [4, 3, 2, 1]
    with pytest.raises(CodeEnded):
        check(wrong(code))
    with pytest.raises(CodeEnded):
        check(services.code_text(code))


def test_a_code_ends_after_ten_minutes() -> None:
    code = issue()
    with clock.shifted(timedelta(minutes=10, seconds=1)), pytest.raises(CodeEnded):
        check(services.code_text(code))


def test_a_code_works_until_ten_minutes() -> None:
    code = issue()
    with clock.shifted(timedelta(minutes=9, seconds=50)):
        assert check(services.code_text(code)).pk == code.pk


def test_only_the_newest_code_counts() -> None:
    first = issue()
    with clock.shifted(timedelta(minutes=2)):
        second = issue()
        with pytest.raises(WrongCode):
            check(services.code_text(first))
        assert check(services.code_text(second)).pk == second.pk


def test_a_code_for_something_else_does_not_fit() -> None:
    code = issue()
    with pytest.raises(CodeEnded):
        check(services.code_text(code), subject="BP2")
    with pytest.raises(CodeEnded):
        check(services.code_text(code), purpose="reset_password")
    with pytest.raises(CodeEnded):
        check(services.code_text(code), target="+84912345679")


def test_a_second_code_within_a_minute_is_refused() -> None:
    issue()
    with pytest.raises(TooManyCodes) as refusal:
        issue()
    assert refusal.value.code == "too_many_codes"
    assert 1 <= int(str(refusal.value.params["retry_after"])) <= 60
    assert OneTimeCode.objects.count() == 1


def test_a_number_gets_five_codes_a_day_whatever_they_are_for() -> None:
    for minute in range(5):
        with clock.shifted(timedelta(minutes=2 * minute)):
            issue(purpose=["follow_order", "reset_password"][minute % 2])
    with clock.shifted(timedelta(minutes=20)), pytest.raises(TooManyCodes) as refusal:
        issue()
    assert refusal.value.code == "too_many_codes_today"
    with clock.shifted(timedelta(days=1, minutes=1)):
        issue()
    assert OneTimeCode.objects.count() == 6


def test_a_silent_code_is_counted_but_never_sent_and_never_fits() -> None:
    code = services.issue_code(purpose="reset_password", target=PHONE, silent=True)
    assert not OutboxEntry.objects.exists()
    with pytest.raises(WrongCode):
        services.check_code(purpose="reset_password", target=PHONE, text=services.code_text(code))
    with pytest.raises(TooManyCodes):
        services.issue_code(purpose="reset_password", target=PHONE)
