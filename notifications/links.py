"""Addresses in messages: always under the configured name, never what a request claimed."""

from urllib.parse import quote

from django.conf import settings

_PATHS = {
    "me": "/tai-khoan/",
    "sign_in": "/tai-khoan/dang-nhap/",
    "forgot": "/tai-khoan/quen-mat-khau/",
    "security": "/tai-khoan/bao-mat/",
    "my_data": "/tai-khoan/du-lieu/",
    "file": "/ban-hang/ho-so/",
    "desk_product": "/ban-hang/san-pham/{pk}/",
    "desk_order": "/ban-hang/don-hang/{number}/",
    "desk_question": "/ban-hang/hoi-dap/{pk}/",
    "product": "/san-pham/{slug}-{pk}",
    "my_questions": "/cau-hoi/",
    "stop_watch": "/bao-hang/thoi/{token}",
    "follow": "/don-hang/{number}",
    "complaint": "/don-hang/{order}/khieu-nai/{number}",
    "order_messages": "/don-hang/{number}/tin-nhan",
    "desk_complaint": "/ban-hang/khieu-nai/{number}/",
    "desk_messages": "/ban-hang/don-hang/{number}/tin-nhan/",
    "desk_review": "/ban-hang/danh-gia/{pk}/",
}


def link(name: str, language: str, **parts: object) -> str:
    """The full address of a page in the reader's language."""
    prefix = "/en" if language == "en" else ""
    path = _PATHS[name].format(**{key: quote(str(part)) for key, part in parts.items()})
    return f"{settings.PUBLIC_URL.rstrip('/')}{prefix}{path}"
