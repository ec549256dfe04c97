"""The page for people: what is for sale, a button to buy it, and what became of the orders."""

import json
import sqlite3
from html import escape
from urllib.parse import urlencode

from simulators.shopee.buying import SoldOut, Wish, buy
from simulators.shopee.html import hidden, page, vnd
from simulators.shopee.life import NEXT, find_order, give_tracking_number, move
from simulators.shopee.refusals import Refusal
from simulators.shopee.sim import Sim
from simulators.shopee.words import STATUS, WORDS
from simulators.web import Request, Response, Router, html_response, redirect

STEPS = ("IN_CANCEL", "SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED")
SHOWN_ORDERS = 30
DONE = ("COMPLETED", "CANCELLED")


def add_routes(router: Router, sim: Sim) -> None:
    """Put the people's pages on the router."""
    router.add("GET", "/", lambda request: _home(sim, request))
    router.add("POST", "/buy", lambda request: _buy(sim, request))
    router.add("POST", "/orders/<order_sn>", lambda request: _step(sim, request))
    router.add("GET", "/file/<image_id>", lambda request: _picture(sim, request))


def _home(sim: Sim, request: Request) -> Response:
    lang = "en" if request.param("lang") == "en" else "vi"
    words = WORDS[lang]
    with sim.store.transaction() as db:
        shops = _shops(db, words, lang)
        orders = _orders(db, words, lang)
    other = "en" if lang == "vi" else "vi"
    said = ""
    if request.param("said") in ("bought", "sold_out", "changed", "not_now"):
        kind = "said" if request.param("said") in ("bought", "changed") else "said no"
        text = words[request.param("said")].format(sn=request.param("sn"))
        said = f'<p class="{kind}" role="status">{escape(text)}</p>'
    header = (
        f'<b>{words["title"]}</b><span class="not">{words["not"]}</span>'
        f'<a href="/?lang={other}" lang="{other}" hreflang="{other}">{words["other"]}</a>'
    )
    main = f"{said}<h1>{words['lead']}</h1>{shops}{orders}"
    return html_response(page(lang=lang, title=words["title"], header=header, main=main))


def _shops(db: sqlite3.Connection, words: dict[str, str], lang: str) -> str:
    sections = []
    for shop in db.execute("SELECT shop_id, name FROM shops ORDER BY shop_id").fetchall():
        items = db.execute(
            "SELECT * FROM items WHERE shop_id = ? AND status IN ('NORMAL', 'UNLIST')"
            " ORDER BY item_id DESC",
            (shop["shop_id"],),
        ).fetchall()
        if items:
            cards = "".join(_card(db, item, words, lang) for item in items)
            sections.append(
                f'<section><h2>{escape(shop["name"])}</h2><ul class="goods">{cards}</ul></section>'
            )
    return "".join(sections) or f'<p class="card">{words["no_items"]}</p>'


def _card(db: sqlite3.Connection, item: sqlite3.Row, words: dict[str, str], lang: str) -> str:
    models = db.execute(
        "SELECT * FROM models WHERE item_id = ? ORDER BY model_id", (item["item_id"],)
    ).fetchall()
    offers = "".join(_offer(item, model, words, lang) for model in models)
    image = json.loads(item["doc"])["image"]["image_id_list"][0]
    return (
        f'<li class="good"><img src="/file/{escape(image)}" alt="" loading="lazy" width="300"'
        f' height="300"><div><h3>{escape(item["name"])}</h3>{offers}</div></li>'
    )


def _offer(item: sqlite3.Row, model: sqlite3.Row, words: dict[str, str], lang: str) -> str:
    free = model["stock"] - model["reserved"]
    visible = item["status"] == "NORMAL"
    left = words["left"].format(n=free) if free > 0 else words["none_left"]
    note = left if visible else words["hidden"]
    name = f"<span>{escape(model['name'])}</span>" if model["name"] else ""
    off = "" if visible and free > 0 else " disabled"
    fields = hidden(
        shop_id=item["shop_id"], item_id=item["item_id"], model_id=model["model_id"], lang=lang
    )
    return (
        f'<form class="offer" method="post" action="/buy">{fields}{name}'
        f'<span class="price">{vnd(model["price"])}</span><span class="small soft">{note}</span>'
        f'<button class="btn"{off}>{words["buy"]}</button></form>'
    )


def _orders(db: sqlite3.Connection, words: dict[str, str], lang: str) -> str:
    rows = db.execute(
        "SELECT * FROM orders ORDER BY created DESC, rowid DESC LIMIT ?", (SHOWN_ORDERS,)
    ).fetchall()
    entries = "".join(_order(db, row, words, lang) for row in rows)
    body = f'<ul class="orders">{entries}</ul>' if rows else f"<p>{words['no_orders']}</p>"
    return f"<section><h2>{words['orders']}</h2>{body}</section>"


def _order(db: sqlite3.Connection, order: sqlite3.Row, words: dict[str, str], lang: str) -> str:
    lines = db.execute(
        "SELECT quantity, doc FROM order_lines WHERE order_sn = ? ORDER BY line",
        (order["order_sn"],),
    ).fetchall()
    goods = ", ".join(
        f"{line['quantity']} × {escape(json.loads(line['doc'])['item_name'])}" for line in lines
    )
    status = STATUS.get(order["status"], (order["status"],) * 2)[lang == "en"]
    total = vnd(json.loads(order["doc"])["total_amount"])
    number = order["tracking_number"]
    tracking = f" · {words['tracking']} {escape(number)}" if number else ""
    buttons = "".join(
        f'<form method="post" action="/orders/{order["order_sn"]}">{hidden(lang=lang)}'
        f'<button class="btn quiet" name="status" value="{step}">{words[step]}</button></form>'
        for step in STEPS
        if step in NEXT[order["status"]]
    )
    tag = "tag done" if order["status"] in DONE else "tag"
    return (
        f'<li><div><b>{order["order_sn"]}</b> <span class="{tag}">{status}</span>'
        f'<p>{goods}</p><p class="small soft">{total}{tracking}</p></div>'
        f'<div class="do">{buttons}</div></li>'
    )


def _buy(sim: Sim, request: Request) -> Response:
    form = request.form()
    if request.is_cross_site():
        return html_response("", 403)
    try:
        shop_id, wish = int(form["shop_id"]), Wish(int(form["item_id"]), int(form["model_id"]), 1)
        with sim.store.transaction() as db:
            order_sn = buy(sim, db, shop_id=shop_id, wishes=[wish], given={})
    except (SoldOut, KeyError, ValueError, OverflowError):
        return _home_with(form, "sold_out", "")
    sim.wake.set()
    return _home_with(form, "bought", order_sn)


def _step(sim: Sim, request: Request) -> Response:
    form, order_sn = request.form(), request.args["order_sn"]
    status = form.get("status", "")
    if request.is_cross_site():
        return html_response("", 403)
    try:
        with sim.store.transaction() as db:
            order = find_order(db, order_sn)
            if status not in STEPS or status not in NEXT[order["status"]]:
                return _home_with(form, "not_now", order_sn)
            give_tracking_number(sim, db, order)
            reason = {"buyer_cancel_reason": "Đổi ý"} if status == "IN_CANCEL" else {}
            move(sim, db, order_sn, status, **reason)
    except Refusal:
        return _home_with(form, "not_now", order_sn)
    sim.wake.set()
    return _home_with(form, "changed", order_sn)


def _home_with(form: dict[str, str], said: str, order_sn: str) -> Response:
    lang = "en" if form.get("lang") == "en" else "vi"
    return redirect("/?" + urlencode({"lang": lang, "said": said, "sn": order_sn}))


def _picture(sim: Sim, request: Request) -> Response:
    with sim.store.transaction() as db:
        row = db.execute(
            "SELECT kind, data FROM images WHERE image_id = ?", (request.args["image_id"],)
        ).fetchone()
    if row is None:
        return html_response("", 404)
    headers = (
        ("Content-Type", row["kind"]),
        ("Cache-Control", "max-age=31536000, immutable"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return Response(200, row["data"], headers)
