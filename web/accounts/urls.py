"""Sign-in, sign-out and one's own account."""

from django.urls import path

from web.accounts import addresses, consents, data, devices, entering, mine, passkeys, security

app_name = "accounts"

urlpatterns = [
    path("tai-khoan/", mine.me, name="me"),
    path("tai-khoan/dang-nhap/", entering.sign_in, name="sign_in"),
    path("tai-khoan/dang-ky/", entering.sign_up, name="sign_up"),
    path("tai-khoan/dang-xuat/", entering.sign_out, name="sign_out"),
    path("tai-khoan/quen-mat-khau/", entering.forgot, name="forgot"),
    path("tai-khoan/ma-xac-nhan/", entering.code, name="code"),
    path("tai-khoan/khoa-truy-cap/hoi", passkeys.ask, name="passkey_ask"),
    path("tai-khoan/khoa-truy-cap/tra-loi", passkeys.answer, name="passkey_answer"),
    path("tai-khoan/xac-nhan-lai/", security.prove, name="prove"),
    path("tai-khoan/lien-he/", mine.contact, name="contact"),
    path("tai-khoan/lien-he/ma/", mine.contact_code, name="contact_code"),
    path("tai-khoan/bao-mat/", security.security, name="security"),
    path("tai-khoan/bao-mat/ung-dung/", security.app, name="app"),
    path("tai-khoan/bao-mat/khoa/", security.passkey, name="passkey"),
    path("tai-khoan/bao-mat/ma-du-phong/", security.recovery_codes, name="recovery_codes"),
    path(
        "tai-khoan/bao-mat/<int:authenticator_id>/go/", security.remove, name="remove_authenticator"
    ),
    path("tai-khoan/thiet-bi/", devices.devices, name="devices"),
    path("tai-khoan/thiet-bi/khac/", devices.end_others, name="end_others"),
    path("tai-khoan/thiet-bi/<int:device_id>/", devices.end, name="end_device"),
    path("tai-khoan/dia-chi/", addresses.addresses, name="addresses"),
    path("tai-khoan/dia-chi/them/", addresses.edit, name="add_address"),
    path("tai-khoan/dia-chi/<int:address_id>/", addresses.edit, name="address"),
    path(
        "tai-khoan/dia-chi/<int:address_id>/mac-dinh/", addresses.make_default, name="usual_address"
    ),
    path("tai-khoan/dia-chi/<int:address_id>/bo/", addresses.remove, name="remove_address"),
    path("tai-khoan/dong-y/", consents.consents, name="consents"),
    path("tai-khoan/du-lieu/", data.data, name="data"),
    path("tai-khoan/du-lieu/tep/", data.export, name="export"),
    path("tai-khoan/du-lieu/tep/<int:export_id>/", data.download, name="download_export"),
    path("tai-khoan/du-lieu/xoa/", data.erase, name="erase"),
    path("tai-khoan/du-lieu/giu-lai/", data.undo, name="undo_erasure"),
]
