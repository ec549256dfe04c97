"""Addresses of what people say about goods and of what they want to come back to."""

from django.urls import URLPattern, path, re_path

from web.buyers import asking, said, watching, wishes

_PRODUCT = r"^san-pham/(?P<slug>[^/]*?)-(?P<pk>[0-9]{1,18})"

urlpatterns: list[URLPattern] = [
    re_path(rf"{_PRODUCT}/danh-gia/?$", said.reviews, name="reviews"),
    re_path(rf"{_PRODUCT}/hoi-dap/?$", said.questions, name="questions"),
    path("hoi/<int:pk>", asking.ask, name="ask"),
    path("cau-hoi/", asking.mine, name="my_questions"),
    path("yeu-thich/", wishes.wish_list, name="wishes"),
    path("yeu-thich/sua", wishes.wish, name="wish"),
    path("yeu-thich/thoi-cho", wishes.end_watch, name="end_watch"),
    path("theo-doi/", wishes.following, name="following"),
    path("theo-doi/sua", wishes.follow, name="follow_vendor"),
    path("bao-hang/ma", watching.code, name="watch_code"),
    path("bao-hang/<int:pk>", watching.watch, name="watch"),
    path("bao-hang/thoi/<str:token>", watching.stop, name="stop_watch"),
]
