"""Sign-in, sign-out and one's own account."""

from django.urls import path

from web.accounts import entering, mine

app_name = "accounts"

urlpatterns = [
    path("tai-khoan/", mine.me, name="me"),
    path("tai-khoan/dang-nhap/", entering.sign_in, name="sign_in"),
    path("tai-khoan/dang-ky/", entering.sign_up, name="sign_up"),
    path("tai-khoan/dang-xuat/", entering.sign_out, name="sign_out"),
    path("tai-khoan/quen-mat-khau/", entering.forgot, name="forgot"),
    path("tai-khoan/ma-xac-nhan/", entering.code, name="code"),
]
