"""The documented error codes, as exceptions and as answers."""

from simulators.web import JSON

_FORBIDDEN = {
    "error_sign",
    "error_auth",
    "invalid_acceess_token",
    "partner_shop_no_link",
    "shop_no_linked",
    "shop_banned",
    "invalid_partner_id",
}


class Refusal(Exception):  # noqa: N818 - it is the platform's answer
    """What the call is answered with; everything the call wrote is undone."""

    def __init__(self, code: str, message: str, response: JSON | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.response = response

    @property
    def status(self) -> int:
        """The vendor doesn't document the HTTP status of errors; clients must not rely on it."""
        if self.code in _FORBIDDEN:
            return 403
        return {"error_rate_limit": 429, "error_not_found": 404, "error_server": 500}.get(
            self.code, 200
        )


def wrong(detail: str) -> Refusal:
    return Refusal("error_param", f"Wrong parameters, detail: {detail}.")


def item_not_found() -> Refusal:
    return Refusal("error_item_not_found", "Item_id is not found.")


def order_not_found() -> Refusal:
    return Refusal("error_not_found", "Wrong parameters, detail: the order is not found.")
