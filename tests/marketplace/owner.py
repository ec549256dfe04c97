"""A person who has used everything, and where traces of them stand. No test."""

from datetime import timedelta

from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.services import (
    AddressForm,
    consents,
    contact_change,
    factors,
    save_address,
    save_profile,
)
from accounts.services.codes import issue_code
from catalog.models import Question, Review, StockWatch, Variant, VendorFollow, Wish
from core import clock, relay
from orders.models import Cart, CartLine, Order, OrderMessage, Purchase
from orders.services.place import place_purchase
from orders.states import OrderState
from tests.making import (
    BEN_THANH,
    make_cart,
    make_placement,
    make_product,
    make_rates,
    make_user,
    make_variant,
)
from tests.making import make_vendor as _vendor
from tests.web.own_making import app_code, newest_code, post, sign_in

NAME, PHONE, EMAIL = "Trần Thị Chiêu", "+84912777666", "chieu.rieng@vuon.test"
OLD_EMAIL, STREET, SAID = "chieu.cu@vuon.test", "77 Đường Riêng", "gọi tôi số 0912 777 666 nhé"
COMPANY = "Công ty Riêng Chiêu"
TRACES = ("912777666", "0912 777 666", EMAIL, OLD_EMAIL, NAME, STREET, COMPANY)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def make_owner() -> User:
    """Chiêu bought, wrote, asked, wished, agreed and changed her e-mail; nothing is open."""
    make_rates()
    user = make_user(phone=PHONE, email=OLD_EMAIL, full_name="Chiêu")
    browser = Client(headers={"user-agent": "Firefox Linux"})
    sign_in(browser, login=PHONE)
    save_profile(user=user, full_name=NAME, language="vi")
    issue_code(purpose="follow_order", target=OLD_EMAIL, subject="BP1")
    post(browser, "/tai-khoan/lien-he/", contact=EMAIL, password="mat-khau-rieng")
    contact_change.finish_contact_change(user=user, target=EMAIL, code=newest_code())
    user.refresh_from_db()
    form = AddressForm(name=NAME, phone=PHONE, ward_code=BEN_THANH, street=STREET)
    save_address(user=user, form=form)
    consents.answer_consent(user=user, purpose="marketing_mail", is_given=True, language="vi")
    secret = factors.new_secret()
    factors.set_up_app(user=user, secret=secret, code=app_code(secret))
    _say_and_wish(user, buy(user))
    tell_everybody()
    return user


def buy(user: User, **changes: object) -> Purchase:
    """A closed purchase, and goods that still lie in the cart."""
    variant = make_variant(_vendor())
    mine = make_cart({variant: 1})
    fields = {
        "name": NAME, "phone": PHONE, "email": EMAIL, "street": STREET, "note": SAID,
        "buyer_id": user.pk,
    }  # fmt: skip
    purchase = place_purchase(make_placement(mine, **(fields | changes)))
    mine.delete()
    Order.objects.filter(purchase=purchase).update(state=OrderState.CLOSED, note=SAID)
    Purchase.objects.filter(pk=purchase.pk).update(
        invoice_name=COMPANY, invoice_email=EMAIL, invoice_agreed_at=clock.now()
    )
    cart = make_cart({variant: 2})
    Cart.objects.filter(user=user).delete()
    cart.user = user
    cart.save()
    assert CartLine.objects.filter(cart=cart).exists()
    return purchase


def _say_and_wish(user: User, purchase: Purchase) -> None:
    order = purchase.orders.get()
    variant = Variant.objects.get(pk=order.lines.get().variant_id or 0)
    now = clock.now()
    OrderMessage.objects.create(
        key=purchase.checkout_key, order=order, author_kind="buyer", author_id=user.pk,
        text=SAID, at=now,
    )  # fmt: skip
    Review.objects.create(
        product=variant.product, order_number=order.number, author_name=NAME, rating=5,
        created_at=now, author_id=user.pk,
    )  # fmt: skip
    Question.objects.create(
        product=variant.product, author=user, author_name=NAME, text="Có rang mộc không?",
        asked_at=now, public_from=now,
    )  # fmt: skip
    Wish.objects.create(user=user, product=variant.product, price_vnd=1, added_at=now)
    VendorFollow.objects.create(user=user, vendor=order.vendor, since=now, seen_at=now)
    Review.objects.create(
        product=make_product(order.vendor), order_number=order.number, author_name=NAME, rating=4,
        created_at=now,
    )  # fmt: skip
    StockWatch.objects.create(variant=variant, user=user, token="t", asked_at=now)
    StockWatch.objects.create(variant=variant, contact=PHONE, token="u", asked_at=now)


def tell_everybody() -> None:
    """Let the outbox reach its subscribers, so that messages are written."""
    with clock.shifted(timedelta(minutes=1)):
        relay.run()


def traces() -> set[str]:
    """The tables of the whole database in which something of Chiêu can be read."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT 1 FROM {name} t WHERE t::text ILIKE ANY(%s) LIMIT 1",  # noqa: S608
                [[f"%{trace}%" for trace in TRACES]],
            )
            if cursor.fetchone():
                found.add(table)
    return found
