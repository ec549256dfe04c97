"""A person's own pages: devices, addresses, consents, contacts; in both languages."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Address, Consent, SignedIn, User
from accounts.services import consents as consent_rules
from accounts.services import devices
from core import clock
from core.models import AuditEntry, AuditPersonal, OutboxEntry
from notifications.models import Message
from notifications.services import on_account_changed
from tests.making import BEN_THANH, BU_DANG, make_user, make_vendor
from tests.web.own_making import (
    ADDRESSES,
    DATA,
    DEVICES,
    ME,
    PASSWORD,
    SECURITY,
    SIGN_IN,
    bare,
    forget_limits,
    newest_code,
    post,
    sign_in,
    user_of,
)

pytestmark = pytest.mark.django_db
CONTACT, CONSENTS = "/tai-khoan/lien-he/", "/tai-khoan/dong-y/"
CONTACT_CODE = "/tai-khoan/lien-he/ma/"
OWN = (ME, SECURITY, DEVICES, ADDRESSES, f"{ADDRESSES}them/", CONSENTS, DATA, CONTACT)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
ADDRESS = {
    "name": "Chi", "phone": "0912 345 678", "province": "79", "ward": BEN_THANH,
    "street": "12 Lê Lợi",
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    forget_limits()


@pytest.fixture
def chi() -> User:
    return make_user(phone="+84912345678", full_name="Chi")


@pytest.mark.parametrize("path", OWN)
def test_the_pages_are_for_who_is_signed_in_and_speak_both_languages(
    client: Client, chi: User, path: str
) -> None:
    assert client.get(path).headers["Location"] == f"{SIGN_IN}?next={path}"
    sign_in(client)
    for prefix, language in (("", "vi"), ("/en", "en")):
        page = client.get(prefix + path)
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
        assert "style=" not in page.content.decode()


def test_a_device_is_named_with_a_shortened_address_and_ended(client: Client, chi: User) -> None:
    phone = Client(headers={"user-agent": ANDROID}, REMOTE_ADDR="203.0.113.77")
    sign_in(phone)
    sign_in(client)
    page = client.get(DEVICES).content.decode()
    assert "Chrome · Android" in page
    assert "203.0.113.…" in page
    assert "203.0.113.77" not in page
    theirs = SignedIn.objects.get(device="Chrome · Android")
    assert post(client, f"{DEVICES}{theirs.pk}/").headers["Location"] == DEVICES
    assert phone.get(ME).status_code == 302
    assert client.get(ME).status_code == 200
    assert AuditEntry.objects.filter(action="account.end_session").count() == 1


def test_all_other_devices_end_at_once(client: Client, chi: User) -> None:
    others = [Client(), Client()]
    for one in [*others, client]:
        sign_in(one)
    stranger = Client()
    sign_in(stranger, login=make_user().phone or "")
    post(client, f"{DEVICES}khac/")
    assert [one.get(ME).status_code for one in [*others, client, stranger]] == [302, 302, 200, 200]
    assert SignedIn.objects.filter(user=chi).count() == 1


def test_signing_out_and_a_new_password_take_devices_off_the_list(
    client: Client, chi: User
) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    post(other, "/tai-khoan/dang-xuat/")
    assert SignedIn.objects.count() == 1
    sign_in(other)
    post(client, SECURITY, old_password=PASSWORD, new_password="vuon tieu moi")
    kept = SignedIn.objects.get()
    assert kept.session_key == client.session.session_key
    assert other.get(ME).status_code == 302


def test_a_device_was_last_used_when_it_last_asked(client: Client, chi: User) -> None:
    sign_in(client)
    key = client.session.session_key or ""
    SignedIn.objects.update(at=clock.now() - timedelta(days=3))
    devices.seen(key)
    found = devices.list_devices(user_id=chi.pk, this="")[0]
    assert clock.now() - found.seen_at < timedelta(minutes=1)
    assert devices.forget_ended() == 0
    with clock.shifted(timedelta(days=15)):
        assert devices.list_devices(user_id=chi.pk, this="") == []
        assert devices.forget_ended() == 1


def test_the_first_address_is_the_usual_one_until_another_is_chosen(
    client: Client, chi: User
) -> None:
    sign_in(client)
    assert "Chưa có địa chỉ nào" in client.get(ADDRESSES).content.decode()
    assert post(client, f"{ADDRESSES}them/", **ADDRESS).headers["Location"] == ADDRESSES
    second = ADDRESS | {"street": "5 Trần Phú", "is_default": "1"}
    post(client, f"{ADDRESSES}them/", **second)
    usual = list(Address.objects.for_person(chi.pk).values_list("street", "is_default"))
    assert usual == [("5 Trần Phú", True), ("12 Lê Lợi", False)]
    first = Address.objects.get(street="12 Lê Lợi")
    assert first.phone == "+84912345678"
    post(client, f"{ADDRESSES}{first.pk}/mac-dinh/")
    post(client, f"{ADDRESSES}{first.pk}/bo/")
    left = Address.objects.get()
    assert (left.street, left.is_default) == ("5 Trần Phú", True)
    changed = ADDRESS | {"street": "7 Trần Phú", "province": "75", "ward": BU_DANG}
    post(client, f"{ADDRESSES}{left.pk}/", **changed)
    left.refresh_from_db()
    assert (left.street, left.ward_code, left.is_default) == ("7 Trần Phú", BU_DANG, True)


def test_a_wrong_address_keeps_what_was_typed_and_says_what_to_mend(
    client: Client, chi: User
) -> None:
    sign_in(client)
    wrong = ADDRESS | {"phone": "09123", "province": "75", "name": "Chị Chi"}
    response = post(client, f"{ADDRESSES}them/", **wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Số di động có 10 chữ số" in page
    assert "Hãy chọn phường hoặc xã." in page
    assert 'value="09123"' in page
    assert 'value="Chị Chi"' in page
    assert not Address.objects.exists()
    chosen = post(client, f"{ADDRESSES}them/", do="province", name="Chị Chi", province="75")
    assert (chosen.status_code, BU_DANG in chosen.content.decode()) == (200, True)


def test_the_twenty_first_address_is_refused(client: Client, chi: User) -> None:
    sign_in(client)
    Address.objects.bulk_create(
        Address(user=chi, name="A", phone="+84912345678", ward_code=BU_DANG, street=str(n))
        for n in range(20)
    )
    response = post(client, f"{ADDRESSES}them/", **ADDRESS)
    assert response.status_code == 422
    assert "Bạn đã lưu 20 địa chỉ." in response.content.decode()


def test_consent_is_given_and_taken_back_one_by_one_and_all_answers_stay(
    client: Client, chi: User
) -> None:
    sign_in(client)
    assert not consent_rules.allows(user_id=chi.pk, purpose="marketing_mail")
    for answer in ("yes", "yes", "no", "no"):
        post(client, CONSENTS, purpose="marketing_mail", answer=answer)
    post(client, CONSENTS, purpose="marketing_sms", answer="yes")
    rows = list(Consent.objects.order_by("id").values_list("purpose", "is_given", "version"))
    assert rows == [
        ("marketing_mail", True, "2026-11"),
        ("marketing_mail", False, "2026-11"),
        ("marketing_sms", True, "2026-11"),
    ]
    assert not consent_rules.allows(user_id=chi.pk, purpose="marketing_mail")
    assert consent_rules.allows(user_id=chi.pk, purpose="marketing_sms")
    page = client.get(CONSENTS).content.decode()
    assert page.count("Tôi đã đồng ý") == 2
    assert page.count("Tôi đã rút lại") == 1
    assert post(client, CONSENTS, purpose="x", answer="yes").status_code == 404


def test_the_database_refuses_to_change_or_remove_a_consent(chi: User) -> None:
    consent_rules.answer_consent(user=chi, purpose="marketing_mail", is_given=True, language="vi")
    for order in ("UPDATE accounts_consent SET is_given = false", "DELETE FROM accounts_consent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(order)


def test_a_new_phone_needs_password_and_code_and_the_old_one_is_told(
    client: Client, chi: User
) -> None:
    sign_in(client)
    assert post(client, CONTACT, contact="0987 654 321", password="sai").status_code == 422
    begun = post(client, CONTACT, contact="0987 654 321", password=PASSWORD)
    assert begun.headers["Location"] == CONTACT_CODE
    chi.refresh_from_db()
    assert chi.phone == "+84912345678"
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06d}"
    assert post(client, CONTACT_CODE, code=wrong).status_code == 422
    assert post(client, CONTACT_CODE, code=newest_code()).headers["Location"] == ME
    chi.refresh_from_db()
    assert chi.phone == "+84987654321"
    entry = OutboxEntry.objects.get(topic="account.changed")
    assert "987654321" not in str(entry.payload)
    for _twice in range(2):
        on_account_changed(entry.key, entry.payload)
    sent = Message.objects.filter(template="account_changed").order_by("to")
    assert [one.to for one in sent] == ["+84912345678", "+84987654321"]
    assert AuditPersonal.objects.get().values == {"old": "+84912345678", "new": "+84987654321"}
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), login="0987654321").status_code == 302


def test_a_contact_of_somebody_else_looks_the_same_and_changes_nothing(
    client: Client, chi: User
) -> None:
    make_user(phone="+84900000001")
    pages = []
    for number in ("0900 000 001", "0900 000 002"):
        one = Client()
        sign_in(one)
        begun = post(one, CONTACT, contact=number, password=PASSWORD)
        page = re.sub(r"090\d ••• \d+|to=[^\"]*", "", bare(one.get(CONTACT_CODE).content))
        pages.append((begun.status_code, begun.headers["Location"], page))
    assert pages[0] == pages[1]


def test_a_code_for_a_contact_is_one_persons_once_and_ends_with_the_password(
    client: Client, chi: User
) -> None:
    sign_in(client)
    post(client, CONTACT, contact="chi@vuon.vn", password=PASSWORD)
    code = newest_code()
    thief = Client()
    sign_in(thief, login=make_user(email="ba@vuon.vn").email or "")
    forget_limits()
    with clock.shifted(timedelta(minutes=2)):
        post(thief, CONTACT, contact="chi@vuon.vn", password=PASSWORD)
        assert post(thief, CONTACT_CODE, code=code).status_code == 422
    post(client, SECURITY, old_password=PASSWORD, new_password="vuon tieu moi")
    assert post(client, CONTACT_CODE, code=code).headers["Location"] == CONTACT
    chi.refresh_from_db()
    assert chi.email is None


def test_an_old_code_for_a_contact_has_ended(client: Client, chi: User) -> None:
    sign_in(client)
    post(client, CONTACT, contact="chi@vuon.vn", password=PASSWORD)
    with clock.shifted(timedelta(minutes=61)):
        late = post(client, CONTACT_CODE, code=newest_code())
    assert late.status_code == 422
    assert "Mã này đã hết hiệu lực" in late.content.decode()


def test_the_overview_leads_to_ones_desks_and_escapes_names(client: Client, chi: User) -> None:
    make_vendor(owner=chi, short_name="HTX <b>Chi")
    sign_in(client)
    post(client, ME, full_name="<script>alert(1)</script>", language="vi")
    page = client.get(ME).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "HTX &lt;b&gt;Chi" in page
    assert user_of(client) == str(chi.pk)
