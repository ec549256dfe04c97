"""The shop's addresses. The slug only reads well: in `<slug>-<id>` the id decides."""

from django.urls import URLPattern, path, re_path

from web.buyers import (
    address,
    again,
    cart,
    checkout,
    complaints,
    find_urls,
    follow,
    home,
    listing,
    live,
    machine_urls,
    messages,
    mine,
    product,
    reviewing,
    vendors,
    wanted_urls,
    words,
)

app_name = "buyers"

_NAMED = r"(?P<slug>[^/]*?)-(?P<pk>[0-9]{1,18})/?$"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    re_path(r"^nganh/(?P<slug>[-a-z0-9]{1,80})/?$", listing.category, name="category"),
    re_path(rf"^san-pham/{_NAMED}", product.product, name="product"),
    path("tim", listing.search, name="search"),
    path("gian-hang/", vendors.vendors, name="vendors"),
    re_path(rf"^gian-hang/{_NAMED}", vendors.vendor, name="vendor"),
    path("giao/<int:pk>", live.live, name="live"),
    path("gio", cart.show, name="cart"),
    path("gio/them", cart.add, name="add"),
    path("gio/sua", cart.change, name="change"),
    path("gio/bo", cart.remove, name="remove"),
    path("gio/de-sau", cart.later, name="later"),
    path("gio/lay-lai", cart.take_up, name="take_up"),
    path("dat-hang", checkout.checkout, name="checkout"),
    path("dat-hang/xong", checkout.done, name="done"),
    path("don-hang/", follow.ask, name="follow"),
    path("don-hang/ma", follow.code, name="follow_code"),
    path("don-hang/gan", mine.ask, name="attach"),
    path("don-hang/gan/ma", mine.code, name="attach_code"),
    path("don-hang/<str:number>", follow.show, name="order"),
    path("don-hang/<str:number>/huy", follow.cancel, name="cancel"),
    path("don-hang/<str:number>/mua-lai", again.again, name="again"),
    path("don-hang/<str:number>/bien-nhan", again.receipt, name="receipt"),
    path("don-hang/<str:number>/tin-nhan", messages.messages, name="messages"),
    path(
        "don-hang/<str:number>/tin-nhan/anh/<int:position>", messages.photo, name="message_photo"
    ),
    path("don-hang/<str:number>/danh-gia/<int:position>", reviewing.review, name="review"),
    path("don-hang/<str:number>/khieu-nai", complaints.complain, name="complain"),
    path("don-hang/<str:number>/khieu-nai/<str:complaint>", complaints.show, name="complaint"),
    path(
        "don-hang/<str:number>/khieu-nai/<str:complaint>/anh/<int:position>",
        complaints.photo,
        name="complaint_photo",
    ),
    path("fragment/gio", cart.count, name="cart_count"),
    path("fragment/giao/<int:pk>", live.fragment, name="live_fragment"),
    path("fragment/dat-hang", checkout.bill, name="bill_fragment"),
    path("fragment/xa", address.ward_list, name="wards_fragment"),
    path("quy-che/", words.words, {"topic": "rules"}, name="rules"),
    path("khieu-nai/", words.words, {"topic": "complaints"}, name="complaints"),
    path("du-lieu-ca-nhan/", words.words, {"topic": "data"}, name="data"),
    path("giao-hang/", words.words, {"topic": "delivery"}, name="delivery"),
    *find_urls.urlpatterns,
    *machine_urls.urlpatterns,
    *wanted_urls.urlpatterns,
]
