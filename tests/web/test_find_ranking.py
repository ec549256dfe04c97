"""The page about ranking says what the program does."""

import pytest
from django.test import Client
from django.utils import translation

from catalog import ranking
from catalog.words import query_words
from web.buyers.ranking import RATINGS, SOLD, STARS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("base", "lang"), [("", "vi"), ("/en", "en")])
def test_every_rule_is_told_in_its_order(client: Client, base: str, lang: str) -> None:
    html = client.get(f"{base}/cach-xep-hang/").content.decode()
    with translation.override(lang):
        told = [html.index(f"<li>{bucket}</li>") for bucket in map(str, ranking.BUCKETS)]
    assert told == sorted(told)
    query = ranking.text_query(query_words("hạt điều"))
    assert query is not None
    assert len(ranking.BUCKETS) == len(query.buckets)


def test_the_numbers_are_those_of_the_program(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = ranking.popularity(sold=SOLD, rating_sum=STARS, ratings=RATINGS, in_stock=True)
    html = client.get("/en/cach-xep-hang/").content.decode()
    assert f"counts {ranking.POINTS_PER_STAR_OVER_TWO} points for each star above two" in html
    assert f"on average make {points} points" in html
    monkeypatch.setattr("web.buyers.ranking.POINTS_PER_STAR_OVER_TWO", 7)
    changed = client.get("/en/cach-xep-hang/?again").content.decode()
    assert "counts 7 points for each star above two" in changed


def test_the_page_says_that_no_place_is_paid_for(client: Client) -> None:
    html = client.get("/cach-xep-hang/").content.decode()
    assert "không bán quảng cáo" in html
    assert "Được tài trợ" in html
