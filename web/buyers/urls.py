"""The shop's addresses. The slug only reads well: in `<slug>-<id>` the id decides."""

from django.urls import URLPattern, path, re_path

from web.buyers import (
    address,
    cart,
    checkout,
    find_urls,
    follow,
    home,
    listing,
    live,
    machine_urls,
    product,
    vendors,
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
    path("dat-hang", checkout.checkout, name="checkout"),
    path("dat-hang/xong", checkout.done, name="done"),
    path("don-hang/", follow.ask, name="follow"),
    path("don-hang/ma", follow.code, name="follow_code"),
    path("don-hang/<str:number>", follow.show, name="order"),
    path("don-hang/<str:number>/huy", follow.cancel, name="cancel"),
    path("fragment/gio", cart.count, name="cart_count"),
    path("fragment/giao/<int:pk>", live.fragment, name="live_fragment"),
    path("fragment/dat-hang", checkout.bill, name="bill_fragment"),
    path("fragment/xa", address.ward_list, name="wards_fragment"),
    path("quy-che/", words.words, {"topic": "rules"}, name="rules"),
    path("khieu-nai/", words.words, {"topic": "complaints"}, name="complaints"),
    path("du-lieu-ca-nhan/", words.words, {"topic": "data"}, name="data"),
    path("cach-xep-hang/", words.words, {"topic": "ranking"}, name="ranking"),
    path("giao-hang/", words.words, {"topic": "delivery"}, name="delivery"),
    *find_urls.urlpatterns,
    *machine_urls.urlpatterns,
]
