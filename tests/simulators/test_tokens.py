import time
from concurrent.futures import ThreadPoolExecutor

from tests.simulators.calling import KEY, PARTNER_ID, Partner, send


def test_consent_brings_code_shop_and_our_own_query_back(base: str) -> None:
    partner = Partner(base)
    partner.control("partners", partner_id=PARTNER_ID, key=KEY)
    back = partner.consent(shop="600002")
    assert (back["state"], back["shop_id"], len(back["code"])) == ("s1", "600002", 32)


def test_refusing_brings_no_code_back(base: str) -> None:
    partner = Partner(base)
    partner.control("partners", partner_id=PARTNER_ID, key=KEY)
    assert partner.consent(answer="refuse") == {"state": "s1"}


def test_a_seller_can_open_a_new_demo_shop(partner: Partner) -> None:
    back = partner.consent(shop="new", name="Hợp tác xã Thử")
    assert back["shop_id"] == "600004"
    names = {shop["shop_id"]: shop["name"] for shop in partner.state()["shops"]}
    assert names[600004] == "Hợp tác xã Thử"


def test_an_old_or_badly_signed_link_shows_the_reason(partner: Partner) -> None:
    query = {"redirect": "http://market.test/back"}
    partner.stamp = int(time.time()) - 301
    old = send("GET", partner.url("shop/auth_partner", of_shop=False, query=query))
    assert (old.status, b"Timestamp is expired." in old.body) == (403, True)
    partner.stamp, partner.changes = None, {"sign": "0" * 64}
    wrong = send("GET", partner.url("shop/auth_partner", of_shop=False, query=query))
    assert (wrong.status, b"Wrong sign." in wrong.body) == (403, True)


def test_a_redirect_must_be_a_web_address(partner: Partner) -> None:
    query = {"redirect": "javascript:alert(1)"}
    page = send("GET", partner.url("shop/auth_partner", of_shop=False, query=query))
    assert b"redirect should be" in page.body


def test_a_consent_form_counts_once(partner: Partner) -> None:
    used = send("POST", f"{partner.base}/seller/consent", b"ticket=none&answer=agree")
    assert b"The form was used before" in used.body


def test_a_code_works_once_and_only_for_its_shop(partner: Partner) -> None:
    back = partner.consent()
    wrong = partner.token_for(back["code"], 600002)
    assert wrong["error"] == "invalid_shop_id"
    pair = partner.token_for(back["code"], 600001)
    assert (pair["error"], pair["expire_in"]) == ("", 14400)
    assert partner.token_for(back["code"], 600001)["error"] == "invalid_code"


def test_a_code_dies_after_ten_minutes(partner: Partner) -> None:
    back = partner.consent()
    partner.control("clock", advance=601)
    partner.stamp = int(time.time()) + 601
    assert partner.token_for(back["code"], 600001)["error"] == "invalid_code"


def test_an_access_token_dies_after_four_hours(partner: Partner) -> None:
    partner.control("clock", advance=4 * 3600 - 5)
    partner.stamp = int(time.time()) + 4 * 3600 - 5
    assert partner.get("shop/get_shop_info")["error"] == ""
    partner.control("clock", advance=10)
    partner.stamp += 10
    assert partner.get("shop/get_shop_info")["error"] == "invalid_acceess_token"


def test_a_refresh_token_rotates_and_its_reuse_is_refused(partner: Partner) -> None:
    new = partner.renew(partner.refresh)
    assert (new["error"], new["shop_id"], new["partner_id"]) == ("", 600001, PARTNER_ID)
    assert partner.get("shop/get_shop_info")["error"] == "", "the old one lives 5 minutes more"
    assert partner.renew(partner.refresh)["error"] == "error_shop_refresh_token"
    partner.token = new["access_token"]
    assert partner.get("shop/get_shop_info")["error"] == ""
    assert partner.renew(new["refresh_token"])["error"] == ""


def test_of_many_refreshes_at_once_one_wins(partner: Partner) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: partner.renew(partner.refresh), range(10)))
    errors = sorted(answer["error"] for answer in answers)
    assert errors == ["", *["error_shop_refresh_token"] * 9]


def test_the_old_access_token_dies_five_minutes_after_a_refresh(partner: Partner) -> None:
    assert partner.renew(partner.refresh)["error"] == ""
    partner.control("clock", advance=301)
    partner.stamp = int(time.time()) + 301
    assert partner.get("shop/get_shop_info")["error"] == "invalid_acceess_token"


def test_a_refresh_token_runs_out(partner: Partner) -> None:
    partner.control("tokens/expire", shop_id=600001, kind="refresh")
    assert partner.renew(partner.refresh)["error"] == "refresh_token_expired"


def test_a_consent_runs_out(partner: Partner) -> None:
    partner.control("tokens/expire", shop_id=600001, kind="consent")
    assert partner.get("shop/get_shop_info")["error"] == "shop_access_expired"
    assert partner.renew(partner.refresh)["error"] == "shop_access_expired"


def test_a_revoked_consent_ends_everything(partner: Partner) -> None:
    partner.control("revoke", shop_id=600001)
    assert partner.get("shop/get_shop_info")["error"] == "shop_no_linked"
    assert partner.renew(partner.refresh)["error"] == "shop_no_linked"


def test_consenting_again_ends_the_older_refresh_token(partner: Partner) -> None:
    back = partner.consent()
    assert partner.token_for(back["code"], 600001)["error"] == ""
    assert partner.renew(partner.refresh)["error"] == "error_shop_refresh_token"
