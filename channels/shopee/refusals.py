"""Shopee's error codes, sorted by what we do next (the code decides, the HTTP status doesn't)."""

from datetime import UTC, datetime, timedelta, timezone

from channels.errors import ChannelError, Kind

_QUOTA_ZONE = timezone(timedelta(hours=8))  # the daily quota starts again at 00:00 UTC+8
_MINUTE = 60.0
_KINDS: dict[Kind, frozenset[str]] = {
    Kind.REAUTH: frozenset(
        {
            "invalid_acceess_token",
            "invalid_access_token",
            "shop_access_expired",
            "refresh_token_expired",
            "error_shop_refresh_token",
            "invalid_code",
            "invalid_shop_id",
            "partner_shop_no_link",
            "shop_no_linked",
        }
    ),
    Kind.RATE_LIMITED: frozenset({"error_rate_limit", "error_limit"}),
    Kind.RETRYABLE: frozenset(
        {
            "error_server",
            "error_inner",
            "error_network",
            "error_data",
            "error_system_busy",
            "error_unknown",
        }
    ),
    Kind.NOT_FOUND: frozenset(
        {
            "error_item_not_found",
            "error_item_not_belong_shop",
            "error_not_found",
            "logistics.package_not_exist",
            "logistics.invalid_error",
        }
    ),
    Kind.ALREADY_DONE: frozenset({"logistics.package_already_shipped"}),
}
_PROMOTION_CODES = frozenset(
    {
        "error_cannt_edit_stock_in_promotion",
        "error_promotion_cantnot_update_stock",
        "error_model_update_stock_model_in_promotion",
        "error_cannt_edit_price_in_promotion",
        "error_cannot_update_price_in_promotion",
        "error_in_item_promotion_item_price_lock",
        "error_cannt_unlisted_in_promotion",
        "error_unlist_in_promotion",
    }
)


def as_error(code: str, message: str) -> ChannelError:
    """The exception for an error that Shopee answered with."""
    return ChannelError(code, message, kind_of(code, message), retry_after=_wait(code))


def kind_of(code: str, message: str) -> Kind:
    """Codes first; the three that Shopee uses for several things are told apart by the words."""
    for kind, codes in _KINDS.items():
        if code in codes:
            return kind
    if is_promotion_lock(code, message):
        return Kind.LOCKED
    words = message.lower()
    if code == "error_auth" and ("access_token" in words or "shopid" in words):
        return Kind.REAUTH
    if code == "error_param" and "timestamp is expired" in words:
        return Kind.RETRYABLE
    if "order has been shipped" in words:
        return Kind.ALREADY_DONE
    return Kind.RETRYABLE if "being allocated" in words or "try later" in words else Kind.REFUSED


def is_promotion_lock(code: str, message: str) -> bool:
    """Whether a campaign holds price or stock; the reasons in a `failure_list` have no code."""
    words = message.lower()
    return code in _PROMOTION_CODES or "reserve" in words or "under promotion" in words


def _wait(code: str) -> float | None:
    if code == "error_rate_limit":
        return _MINUTE
    if code != "error_limit":
        return None
    now = datetime.now(UTC).astimezone(_QUOTA_ZONE)
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - now).total_seconds()
