"""Codes under parallel requests: no more tries, no more messages, no second use."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts import services
from accounts.errors import CodeEnded, TooManyCodes, WrongCode
from accounts.models import OneTimeCode

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "+84912345678"
AT_ONCE = 12


def together(act: Callable[[], object]) -> Counter[str]:
    """What happens when many threads do the same at the same moment."""
    barrier = Barrier(AT_ONCE)

    def one(_number: int) -> str:
        barrier.wait()
        try:
            act()
        except (CodeEnded, TooManyCodes, WrongCode) as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(AT_ONCE)))


def test_many_requests_at_once_send_one_code() -> None:
    done = together(lambda: services.issue_code(purpose="follow_order", target=PHONE))
    assert done == {"done": 1, "TooManyCodes": AT_ONCE - 1}
    assert OneTimeCode.objects.count() == 1


def test_parallel_guesses_get_five_tries_in_all() -> None:
    code = services.issue_code(purpose="follow_order", target=PHONE)
    wrong = f"{(int(services.code_text(code)) + 1) % 1_000_000:06d}"
    done = together(lambda: services.check_code(purpose="follow_order", target=PHONE, text=wrong))
    assert done["done"] == 0
    assert OneTimeCode.objects.get().tries_left == 0
    assert done["WrongCode"] <= 5


def test_a_right_code_sent_many_times_at_once_works_once() -> None:
    text = services.code_text(services.issue_code(purpose="follow_order", target=PHONE))
    done = together(lambda: services.check_code(purpose="follow_order", target=PHONE, text=text))
    assert done["done"] == 1
