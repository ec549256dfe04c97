"""The seller's desk."""

from django.urls import path

from web.sellers import (
    apply,
    channels,
    home,
    money,
    new_product,
    orders,
    photos,
    product_edit,
    products,
    undo,
)

app_name = "sellers"

APPLY = "dang-ky/"
PRODUCT = "san-pham/<int:product_id>/"
UNIT = "quy-cach/<int:variant_id>/"
ORDER = "don-hang/<str:number>/"
SHOP = "kenh/<int:connection_id>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("doi-nha-ban/", home.choose_vendor, name="choose_vendor"),
    path("tien/", money.money, name="money"),
    path("hoan-tac/", undo.undo, name="undo"),
    path(APPLY, apply.start, name="apply"),
    path(f"{APPLY}loai/", apply.kind, name="apply_kind"),
    path(f"{APPLY}ten/", apply.name, name="apply_name"),
    path(f"{APPLY}dia-chi/", apply.address, name="apply_address"),
    path(f"{APPLY}giay-to/", apply.papers, name="apply_papers"),
    path(f"{APPLY}giay-to/<int:paper_id>/", apply.paper_file, name="paper_file"),
    path(f"{APPLY}giay-to/<int:paper_id>/bo/", apply.paper_remove, name="paper_remove"),
    path(f"{APPLY}gui/", apply.send, name="apply_send"),
    path("ho-so/", apply.status, name="status"),
    path("anh/<str:token>/", photos.picture, name="picture"),
    path("san-pham/", products.product_list, name="products"),
    path("san-pham/moi/", new_product.new, name="product_new"),
    path("san-pham/goi-y/", new_product.suggestions, name="suggestions"),
    path(PRODUCT, products.product_detail, name="product"),
    path(f"{PRODUCT}anh/", new_product.photo, name="step_photo"),
    path(f"{PRODUCT}anh/<int:picture_id>/bo/", new_product.photo_remove, name="photo_remove"),
    path(f"{PRODUCT}ten/", new_product.name, name="step_name"),
    path(f"{PRODUCT}gia/", new_product.price, name="step_price"),
    path(f"{PRODUCT}so-luong/", new_product.count, name="step_count"),
    path(f"{PRODUCT}gui/", new_product.send, name="step_send"),
    path(f"{PRODUCT}sua/", product_edit.edit, name="product_edit"),
    path(f"{PRODUCT}ban-cho/", product_edit.revision, name="revision"),
    path(f"{PRODUCT}ban-cho/rut/", product_edit.revision_withdraw, name="revision_withdraw"),
    path(f"{PRODUCT}tam-ngung/", products.pause, name="product_pause"),
    path(f"{PRODUCT}ban-lai/", products.resume, name="product_resume"),
    path(f"{PRODUCT}quy-cach/", products.variant_add, name="variant_add"),
    path(f"{UNIT}gia/", products.quick_price, name="quick_price"),
    path(f"{UNIT}kho/", products.quick_stock, name="quick_stock"),
    path(f"{UNIT}bo/", products.variant_remove, name="variant_remove"),
    path("don-hang/", orders.order_list, name="orders"),
    path(ORDER, orders.order_detail, name="order"),
    path(f"{ORDER}xac-nhan/", orders.confirm, name="order_confirm"),
    path(f"{ORDER}dong-goi/", orders.pack, name="order_pack"),
    path(f"{ORDER}giao/", orders.hand_over, name="order_hand_over"),
    path(f"{ORDER}huy/", orders.cancel, name="order_cancel"),
    path(f"{ORDER}phieu/", orders.packing_slip, name="packing_slip"),
    path("kenh/", channels.overview, name="channels"),
    path("kenh/shopee/noi/", channels.start, name="channel_start"),
    path("kenh/shopee/ve/", channels.come_back, name="channel_back"),
    path(f"{SHOP}ngat/", channels.stop, name="channel_stop"),
    path(f"{SHOP}giu-lai/", channels.keep_back, name="channel_buffer"),
    path(f"{SHOP}dang/<int:variant_id>/", channels.offer, name="channel_offer"),
    path(f"{SHOP}thoi/<int:listing_id>/", channels.end, name="channel_end"),
    path(f"{SHOP}day-lai/<int:listing_id>/", channels.push_now, name="channel_push"),
]
