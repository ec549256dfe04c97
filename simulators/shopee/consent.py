"""The page where a seller lets an app into the shop: GET /api/v2/shop/auth_partner."""

import secrets
import sqlite3
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from simulators.shopee.control import new_shop
from simulators.shopee.gate import signed_partner
from simulators.shopee.html import hidden, page
from simulators.shopee.pushing import AUTHORISED, tell_partner
from simulators.shopee.refusals import Refusal
from simulators.shopee.sim import Sim
from simulators.shopee.tokens import grant_code
from simulators.web import Request, Response, html_response, redirect

FORM_SECONDS = 600
_HEADER = "<b>Shopee giả lập</b><span class='not'>Trang thử, không phải Shopee thật</span>"


def show(sim: Sim, request: Request) -> Response:
    """The page, if the link is signed by the partner and at most five minutes old."""
    try:
        with sim.store.transaction() as db:
            partner_id = signed_partner(sim, db, request, of_shop=False)
            target = request.param("redirect")
            if urlsplit(target).scheme not in ("http", "https") or not urlsplit(target).hostname:
                raise Refusal("error_param", "redirect should be a http(s) address.")
            ticket = secrets.token_hex(16)
            db.execute(
                "INSERT INTO tickets VALUES (?, ?, ?, ?)",
                (ticket, partner_id, target, sim.clock.now()),
            )
            shops = db.execute("SELECT shop_id, name FROM shops ORDER BY shop_id").fetchall()
    except Refusal as refusal:
        return _broken(refusal)
    return html_response(
        page(
            lang="vi",
            title="Cho phép ứng dụng vào gian hàng · Shopee giả lập",
            header=_HEADER,
            main=_form(partner_id, target, ticket, shops),
            narrow=True,
        )
    )


def _form(partner_id: int, target: str, ticket: str, shops: list[sqlite3.Row]) -> str:
    site = escape(urlsplit(target).netloc)
    picks = "".join(
        f'<label class="pick"><input type="radio" name="shop" value="{shop["shop_id"]}"'
        f"{' checked' if place == 0 else ''}><span>{escape(shop['name'])}"
        f"<small>shop_id {shop['shop_id']}</small></span></label>"
        for place, shop in enumerate(shops)
    )
    return f"""
<div><h1>Cho phép ứng dụng vào gian hàng của bạn?</h1>
<p class="soft" lang="en">Let this app into your shop?</p></div>
<form class="card" method="post" action="/seller/consent">{hidden(ticket=ticket)}
<div><p>Ứng dụng số <b>{partner_id}</b> (<b>{site}</b>) xin được:</p>
<ul><li>đăng và sửa sản phẩm, giá, tồn kho<span class="small" lang="en">list and change products,
prices and stock</span></li><li>đọc, chuẩn bị và hủy đơn hàng<span class="small" lang="en">read,
ship and cancel orders</span></li></ul></div>
<fieldset><legend>Chọn gian hàng <span class="soft" lang="en">/ Choose a shop</span></legend>
{picks}<label class="pick"><input type="radio" name="shop" value="new"><span>Mở gian hàng thử mới
<small lang="en">Open a new demo shop</small></span></label>
<input type="text" name="name" maxlength="60" autocomplete="off"
 aria-label="Tên gian hàng mới / Name of the new shop" placeholder="Tên gian hàng mới / New name">
</fieldset>
<div class="two"><button class="btn" name="answer" value="agree">Đồng ý / Agree</button>
<button class="btn quiet" name="answer" value="refuse">Từ chối / Refuse</button></div>
<p class="small soft">Sự đồng ý có hạn một năm và có thể rút lại bất cứ lúc nào.
<span lang="en">Consent lasts a year and can be taken back at any time.</span></p></form>"""


def _broken(refusal: Refusal) -> Response:
    main = f"""<h1>Liên kết không dùng được</h1>
<p class="soft" lang="en">This link does not work</p>
<div class="card"><p><code>{escape(refusal.code)}</code> · {escape(refusal.message)}</p>
<p>Liên kết chỉ có hiệu lực 5 phút. Hãy quay lại ứng dụng và bấm “Kết nối” lần nữa.
<span class="small" lang="en">A link lives 5 minutes. Go back to the app and connect again.</span>
</p></div>"""
    title = "Liên kết không dùng được · Shopee giả lập"
    return html_response(page(lang="vi", title=title, header=_HEADER, main=main, narrow=True), 403)


def answer(sim: Sim, request: Request) -> Response:
    """Agree: back to the app with a code. Refuse: back without one."""
    if request.is_cross_site():
        return _broken(Refusal("error_auth", "The form was sent from another site."))
    form = request.form()
    try:
        with sim.store.transaction() as db:
            partner_id, target = _spent_ticket(sim, db, form.get("ticket", ""))
            if form.get("answer") != "agree":
                return redirect(target)
            shop_id = _chosen_shop(db, form)
            code = grant_code(sim, db, partner_id, shop_id)
            notice = {
                "shop_id": shop_id,
                "authorize_type": "shop authorization",
                "extra": f"shop id {shop_id} has been authorized successfully",
            }
            tell_partner(sim, db, partner_id, shop_id, AUTHORISED, notice)
    except Refusal as refusal:
        return _broken(refusal)
    sim.wake.set()
    return redirect(_with_query(target, code=code, shop_id=str(shop_id)))


def _spent_ticket(sim: Sim, db: sqlite3.Connection, ticket: str) -> tuple[int, str]:
    """A form counts once and for ten minutes."""
    row = db.execute(
        "DELETE FROM tickets WHERE ticket = ? AND created > ? RETURNING partner_id, redirect",
        (ticket, sim.clock.now() - FORM_SECONDS),
    ).fetchone()
    if row is None:
        raise Refusal("error_param", "The form was used before or is too old.")
    return row["partner_id"], row["redirect"]


def _chosen_shop(db: sqlite3.Connection, form: dict[str, str]) -> int:
    chosen = form.get("shop", "")
    if chosen == "new":
        return new_shop(db, form.get("name", "").strip()[:60] or "Gian hàng thử mới")
    shop = (
        db.execute("SELECT shop_id FROM shops WHERE shop_id = ?", (int(chosen),)).fetchone()
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        else None
    )
    if shop is None:
        raise Refusal("invalid_shop_id", "No such shop.")
    return int(shop["shop_id"])


def _with_query(url: str, **extra: str) -> str:
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *extra.items()]
    return urlunsplit(parts._replace(query=urlencode(query)))
