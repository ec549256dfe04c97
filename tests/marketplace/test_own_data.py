"""A copy of everything about a person, and forgetting them: the whole database is searched."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db import models
from django.test import Client

from accounts.errors import ErasureBlocked, TooManyTries
from accounts.models import DataExport, ErasureRequest, ErasureState, ExportState, User
from accounts.services import erasing, exporting
from core import clock, own_data, rules, seal
from core.errors import NotFound
from core.models import Case, Rule, StoredFile
from notifications.models import Message
from orders.models import Order, OrderMessage, Purchase
from orders.states import OrderState
from tests.making import make_user, make_vendor
from tests.marketplace.owner import (
    EMAIL,
    NAME,
    PHONE,
    SAID,
    STREET,
    buy,
    make_owner,
    tell_everybody,
    traces,
)
from tests.web.own_making import DATA, PROVE, forget_limits, post, sign_in

pytestmark = pytest.mark.django_db
ERASE = f"{DATA}xoa/"
DAY = timedelta(days=1)
# Columns that hold or point at a person.
MARKS = {
    "user_id", "actor_id", "author_id", "buyer_id", "phone", "email", "contact", "target",
    "full_name", "street", "recipient",
}  # fmt: skip
NOBODYS = {
    "vendors_vendor",  # a business in public; who stands behind it is a member
    "orders_order",  # `recipient`: a channel's own buyer, who has no account here
    "accounts_user_groups",
    "accounts_user_user_permissions",
}


@pytest.fixture(autouse=True)
def fresh() -> None:
    forget_limits()
    rules.forget()


@pytest.fixture
def chieu() -> User:
    return make_owner()


def test_every_table_about_people_is_in_the_copy_and_in_the_erasure() -> None:
    found = set()
    for model in apps.get_models(include_auto_created=True):
        fields = model._meta.concrete_fields
        points = any(
            isinstance(field, models.ForeignKey) and field.related_model is User for field in fields
        )
        if points or MARKS & {field.column for field in fields}:
            found.add(model._meta.db_table)
    known = set().union(*(app.TABLES for app in own_data.apps()))
    assert found - known - NOBODYS == set()


def made_zip(user: User) -> zipfile.ZipFile:
    export = exporting.ask_export(user=user, language="vi")
    exporting.make_next()
    stored = exporting.get_ready(user_id=user.pk, export_id=export.pk)
    with storages["private"].open(stored.key) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_the_copy_holds_everything_for_programs_and_for_people(chieu: User) -> None:
    archive = made_zip(chieu)
    told = json.loads(archive.read("du-lieu.json"))
    parts = told["parts"]
    assert parts["account"][0]["email"] == EMAIL
    assert [row["street"] for row in parts["addresses"]] == [STREET]
    assert [row["phone"] for row in parts["purchases"]] == [PHONE]
    assert [row["text"] for row in parts["order_messages"]] == [SAID]
    assert [row["author_name"] for row in parts["reviews"]] == [NAME]
    assert [row["text"] for row in parts["questions"]] == ["Có rang mộc không?"]
    lists = ("wishes", "follows", "consents", "second_factors", "sessions", "order_lines", "cart")
    assert {key: len(parts[key]) for key in lists} == dict.fromkeys(lists, 1)
    assert len(parts["stock_watches"]) == 2
    assert parts["messages"]
    assert {row["action"] for row in parts["audit"]} >= {"account.save", "account.change_email"}
    page = archive.read("du-lieu.html").decode()
    assert '<html lang="vi">' in page
    for words in (NAME, STREET, SAID, EMAIL, "Địa chỉ", "Các lần mua"):
        assert words in page
    assert "pbkdf2" not in page + str(told)
    assert "password" not in str(told).replace("account.change_password", "")


def test_the_copy_of_one_holds_nothing_of_another(chieu: User) -> None:
    other = make_user(full_name="Người khác", phone="+84900000055")
    archive = made_zip(other)
    text = archive.read("du-lieu.json").decode() + archive.read("du-lieu.html").decode()
    assert "Người khác" in text
    for trace in (NAME, PHONE, EMAIL, STREET):
        assert trace not in text


def test_hostile_names_are_only_text_in_the_copy() -> None:
    user = make_user(full_name="<script>alert(1)</script>{{ 7*7 }}")
    page = made_zip(user).read("du-lieu.html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_a_copy_is_asked_for_made_told_and_downloaded_after_the_password(
    client: Client, chieu: User
) -> None:
    client.force_login(chieu)
    post(client, f"{DATA}tep/")
    post(client, f"{DATA}tep/")
    export = DataExport.objects.get()
    assert "Đang" in client.get(DATA).content.decode() or export.state == ExportState.READY
    exporting.make_next()
    export.refresh_from_db()
    assert (export.state, export.done_parts) == (ExportState.READY, len(own_data.apps()))
    tell_everybody()
    sent = Message.objects.filter(template="export_ready")
    assert {one.to for one in sent} == {PHONE, EMAIL}
    link = f"{DATA}tep/{export.pk}/"
    assert client.get(link).headers["Location"] == f"{PROVE}?next={link}"
    session = client.session
    session["proved_at"] = int(clock.now().timestamp())
    session.save()
    response = client.get(link)
    assert response.headers["Content-Disposition"] == 'attachment; filename="du-lieu-cua-toi.zip"'
    assert "no-store" in response.headers["Cache-Control"]
    assert zipfile.ZipFile(io.BytesIO(b"".join(response))).testzip() is None


def test_a_copy_is_gone_after_seven_days(chieu: User) -> None:
    made_zip(chieu)
    export = DataExport.objects.get()
    key = StoredFile.objects.get(pk=export.file_id or 0).key
    assert exporting.forget_old() == 0
    with clock.shifted(7 * DAY + timedelta(minutes=1)):
        with pytest.raises(NotFound):
            exporting.get_ready(user_id=chieu.pk, export_id=export.pk)
        assert (exporting.forget_old(), exporting.forget_old()) == (1, 0)
    export.refresh_from_db()
    assert (export.state, export.file_id) == (ExportState.GONE, None)
    assert not storages["private"].exists(key)
    assert not StoredFile.objects.filter(key=key).exists()


def test_somebody_elses_copy_is_missing(chieu: User) -> None:
    made_zip(chieu)
    with pytest.raises(NotFound):
        exporting.get_ready(user_id=make_user().pk, export_id=DataExport.objects.get().pk)


def test_the_fourth_copy_of_a_day_waits(chieu: User) -> None:
    for _each in range(3):
        made_zip(chieu)
    with pytest.raises(TooManyTries):
        exporting.ask_export(user=chieu, language="vi")
    with clock.shifted(DAY + timedelta(minutes=1)):
        assert exporting.ask_export(user=chieu, language="vi").state == ExportState.WAITING


def test_a_worker_that_died_loses_its_claim_and_five_deaths_end_it(chieu: User) -> None:
    export = exporting.ask_export(user=chieu, language="vi")
    for attempt in range(1, 6):
        with clock.shifted(attempt * timedelta(minutes=11)):
            claimed = exporting._claim()
            assert claimed is not None
            assert exporting.make_next() is None
    with clock.shifted(timedelta(minutes=70)):
        exporting.make_next()
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert Case.objects.get().kind == "export_failed"


def test_open_orders_stand_in_the_way_with_a_clear_sentence(client: Client, chieu: User) -> None:
    order = Order.objects.get()
    Order.objects.update(state=OrderState.SHIPPED)
    sign_in(client)
    client.force_login(chieu)
    session = client.session
    session["proved_at"] = int(clock.now().timestamp())
    session.save()
    told = f"Còn đơn chưa xong: {order.number}. Hãy đợi hàng về, hoặc huỷ đơn."
    assert told in client.get(ERASE).content.decode()
    response = post(client, ERASE)
    assert (response.status_code, told in response.content.decode()) == (409, True)
    assert not ErasureRequest.objects.exists()


def test_vendors_last_person_and_staff_stay(chieu: User) -> None:
    make_vendor(owner=chieu, name="HTX Chiêu")
    with pytest.raises(ErasureBlocked) as caught:
        erasing.ask_erasure(user=chieu)
    assert "HTX Chiêu" in caught.value.reasons[0]
    with pytest.raises(ErasureBlocked):
        erasing.ask_erasure(user=make_user(is_staff=True))


def test_the_page_says_what_the_law_keeps_and_the_wish_can_be_taken_back(
    client: Client, chieu: User
) -> None:
    client.force_login(chieu)
    assert client.get(ERASE).headers["Location"] == f"{PROVE}?next={ERASE}"
    session = client.session
    session["proved_at"] = int(clock.now().timestamp())
    session.save()
    page = client.get(ERASE).content.decode()
    assert "Luật Thương mại điện tử 122/2025/QH15, Điều 16 và Điều 17: 3 năm" in page
    assert "Luật Kế toán 88/2015/QH13, Điều 41: 10 năm" in page
    assert "Việc xoá diễn ra sau 7 ngày." in page
    assert post(client, ERASE).headers["Location"] == DATA
    assert post(client, ERASE).headers["Location"] == DATA
    tell_everybody()
    assert Message.objects.filter(template="erasure_asked", to=PHONE).count() == 1
    with clock.shifted(6 * DAY):
        assert erasing.erase_due() == 0
    assert "Giữ lại tài khoản" in client.get("/tai-khoan/").content.decode()
    assert post(client, f"{DATA}giu-lai/").headers["Location"] == DATA
    assert post(client, f"{DATA}giu-lai/").status_code == 404
    with clock.shifted(8 * DAY):
        assert erasing.erase_due() == 0
    assert ErasureRequest.objects.get().state == ErasureState.UNDONE


def test_the_dated_rules_decide_how_long_it_waits_and_what_is_kept(chieu: User) -> None:
    for name, value in (("accounts.erase_after_days", 2), ("orders.keep_years", 5)):
        Rule.objects.create(name=name, value=value, valid_from=date(2020, 1, 1))
    rules.forget()
    wish = erasing.ask_erasure(user=chieu)
    assert wish.due_at - wish.asked_at == 2 * DAY
    assert [one.years for one in erasing.kept(user=chieu)] == [5, 10]


def test_after_the_erasure_the_whole_database_holds_only_what_the_law_keeps(
    client: Client, chieu: User
) -> None:
    sign_in(client)
    made_zip(chieu)
    before = traces()
    assert {"accounts_user", "accounts_address", "notifications_message", "catalog_review",
            "catalog_question", "catalog_stockwatch", "orders_ordermessage", "orders_purchase",
            "core_auditpersonal", "accounts_onetimecode"} <= before  # fmt: skip
    key = StoredFile.objects.get(pk=DataExport.objects.get().file_id or 0).key
    erasing.ask_erasure(user=chieu)
    tell_everybody()
    with clock.shifted(8 * DAY):
        assert (erasing.erase_due(), erasing.erase_due()) == (1, 0)
    assert traces() == {"orders_purchase", "orders_order"}
    assert not storages["private"].exists(key)
    chieu.refresh_from_db()
    assert (chieu.phone, chieu.email, chieu.full_name, chieu.is_active) == (None, None, "", False)
    assert OrderMessage.objects.get().text == ""
    assert client.get("/tai-khoan/").status_code == 302
    assert sign_in(Client(), login=PHONE).status_code == 422
    with clock.shifted(9 * DAY):
        seal.seal_settled()
        assert seal.verify_chain() == []
    assert ErasureRequest.objects.get().kept_until is not None


def test_what_the_law_kept_goes_when_its_years_are_over(chieu: User) -> None:
    erasing.ask_erasure(user=chieu)
    with clock.shifted(8 * DAY):
        erasing.erase_due()
    with clock.shifted(timedelta(days=3 * 365)):
        erasing.erase_due()
        assert Purchase.objects.get().phone == PHONE
    with clock.shifted(timedelta(days=3 * 366)):
        assert erasing.erase_due() == 1
        kept = Purchase.objects.get()
        assert (kept.name, kept.phone, kept.street, kept.email, kept.note) == ("", "", "", "", "")
        assert kept.invoice_name != ""
        assert kept.total_vnd > 0
        assert erasing.erase_due() == 0
    with clock.shifted(timedelta(days=10 * 366)):
        assert erasing.erase_due() == 1
        assert traces() == set()
        assert ErasureRequest.objects.get().kept_until is None
        assert erasing.erase_due() == 0


def test_an_order_placed_while_waiting_holds_the_erasure_up(chieu: User) -> None:
    erasing.ask_erasure(user=chieu)
    purchase = buy(chieu)
    Order.objects.filter(purchase=purchase).update(state=OrderState.SHIPPED)
    with clock.shifted(8 * DAY):
        assert erasing.erase_due() == 0
        chieu.refresh_from_db()
        assert chieu.phone == PHONE
        Order.objects.update(state=OrderState.CLOSED)
        assert erasing.erase_due() == 1


def test_a_freed_phone_number_opens_a_new_account_with_nothing_of_the_old_one(
    chieu: User,
) -> None:
    erasing.ask_erasure(user=chieu)
    with clock.shifted(8 * DAY):
        erasing.erase_due()
    other = make_user(phone=PHONE, full_name="Chủ mới của số")
    told = json.loads(made_zip(other).read("du-lieu.json"))["parts"]
    assert (told["purchases"], told["messages"], told["order_messages"]) == ([], [], [])
