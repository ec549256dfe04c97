"""Reading fields of a call as strictly as the platform: wrong type or range is `error_param`."""

from collections.abc import Mapping
from typing import Any

from simulators.shopee.refusals import wrong
from simulators.web import JSON

HUGE = 2**63 - 1


def query_int(
    query: Mapping[str, list[str]], name: str, low: int, high: int, default: int | None = None
) -> int:
    text = query.get(name, [""])[0]
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise wrong(f"{name} should be an integer between {low} and {high}")
    return int(text)


def query_ids(query: Mapping[str, list[str]], name: str, most: int) -> list[int]:
    """Ids joined by commas, or the parameter repeated."""
    texts = [text for value in query.get(name, []) for text in value.split(",") if text]
    if not 1 <= len(texts) <= most or not all(text.isascii() and text.isdigit() for text in texts):
        raise wrong(f"{name} should have 1 to {most} integers")
    return [int(text) for text in texts]


def whole(data: JSON, name: str, low: int = 0, high: int = HUGE) -> int:
    """A whole number. 12.0 passes, 12.5, "12" and true do not."""
    value = data.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise wrong(f"{name} should be an integer between {low} and {high}")
    return value


def text(data: JSON, name: str, low: int = 1, high: int = 10_000) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not low <= len(value.strip()) <= high:
        raise wrong(f"{name} should be a text of {low} to {high} characters")
    return value


def optional_text(data: JSON, name: str, high: int) -> str:
    return text(data, name, 0, high) if data.get(name) is not None else ""


def objects(data: JSON, name: str, most: int) -> list[JSON]:
    value = data.get(name)
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise wrong(f"{name} should have 1 to {most} entries")
    return [as_object(entry, name) for entry in value]


def as_object(value: Any, name: str) -> JSON:
    if not isinstance(value, dict):
        raise wrong(f"{name} should be an object")
    return value


def seller_stock(data: JSON) -> int:
    """The one number in `seller_stock`. No shop here has warehouses, so a location is refused."""
    entries = objects(data, "seller_stock", 1)
    if entries[0].get("location_id"):
        raise wrong("this shop has no location_id")
    return whole(entries[0], "stock", 0, 999_999)
