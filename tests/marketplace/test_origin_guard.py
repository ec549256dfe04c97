"""Form posts: ours pass, foreign ones are refused, and old browsers are asked once more."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import path

from marketplace import urls

done: list[dict[str, list[str]]] = []


def order(request: HttpRequest) -> HttpResponse:
    done.append(dict(request.POST.lists()))
    return JsonResponse({"ok": True})


urlpatterns = [path("order", order), *urls.urlpatterns]
handler403 = urls.handler403


@pytest.fixture
def client() -> Iterator[Client]:
    done.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Referer": "http://testserver/gio"},
    ],
)
def test_a_post_from_our_own_page_passes_without_a_token(
    client: Client, headers: dict[str, str]
) -> None:
    assert client.post("/order", {"a": "1"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://testserver"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_a_post_from_another_site_does_nothing_and_is_not_repeated(
    client: Client, headers: dict[str, str]
) -> None:
    answer = client.post("/order", {"secret": "typed-by-evil"}, headers=headers)
    assert answer.status_code == 403
    assert done == []
    assert "typed-by-evil" not in answer.content.decode()


def test_a_browser_that_says_nothing_is_asked_and_loses_nothing(client: Client) -> None:
    typed = {"name": 'Bà "Năm" <Lộc>', "size": ["1", "2"], "note": "hai\ndòng"}
    asked = client.post("/order?step=2", typed)
    assert (asked.status_code, done) == (403, [])
    page = asked.content.decode()
    assert 'action="/order?step=2"' in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert [name for name, _value in fields if name != "csrfmiddlewaretoken"] == [
        "name",
        "size",
        "size",
        "note",
    ]
    assert "Bà &quot;Năm&quot; &lt;Lộc&gt;" in page
    again = client.post("/order?step=2", typed | {"csrfmiddlewaretoken": token[1]})
    assert again.status_code == 200
    assert done[0]["name"] == ['Bà "Năm" <Lộc>']
    assert done[0]["size"] == ["1", "2"]


def test_a_token_of_somebody_else_is_not_enough(client: Client) -> None:
    asked = client.post("/order", {"a": "1"})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', asked.content.decode())
    assert token is not None
    with override_settings(ROOT_URLCONF=__name__):
        other = Client(enforce_csrf_checks=True)
        answer = other.post("/order", {"a": "1", "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 403
    assert done == []


def test_files_must_be_chosen_again(client: Client) -> None:
    answer = client.post("/en/order", {"photo": SimpleUploadedFile("a.jpg", b"x")})
    assert "choose them once more and send the form" in answer.content.decode()
