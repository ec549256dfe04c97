"""A guest with a browser's manners: cookies, the page it comes from, forms read from pages."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import urllib3

WARD, PROVINCE = "26743", "79"  # Bến Thành, Thành phố Hồ Chí Minh
_POOL = urllib3.PoolManager(maxsize=128, retries=False, timeout=60.0)
_KEY = re.compile(r'name="key" value="([^"]+)"')
_WARD = re.compile(r'name="shown_ward" value="([^"]*)"')
_TOTAL = re.compile(r'name="shown_total" value="([^"]+)"')
_GOODS = re.compile(r'name="shown_goods" value="([^"]+)"')
_VARIANT = re.compile(r'name="variant" value="([^"]+)"')
_NUMBER = re.compile(r"\bBP[0-9A-Z]{9}\b")


class NoSuchForm(Exception):
    """The page isn't the one that was expected."""


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str = ""
    retry_after: str = ""


@dataclass
class Buyer:
    """Number `n` has an address and a phone number of its own."""

    base: str
    n: int
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """A page; where it moved for good, the page it moved to."""
        answer = self._send("GET", path)
        return self._send("GET", answer.location) if answer.status == 301 else answer

    def post(self, path: str, **fields: str) -> Answer:
        return self._send("POST", path, fields)

    def add(self, product: str, quantity: int = 1) -> Answer:
        """Open a product's page and press its button."""
        variant = _one(_VARIANT, self.get(product).text)
        return self.post("/en/gio/them", variant=variant, quantity=str(quantity))

    def fill(self) -> None:
        """Open the checkout, choose the ward (which shows fee and total), type the rest."""
        page = self.get("/en/dat-hang").text
        bill = self.get(f"/en/fragment/dat-hang?{urlencode({'xa': WARD})}").text
        self.form = {
            "key": _one(_KEY, page),
            "shown_ward": _one(_WARD, bill),
            "shown_total": _one(_TOTAL, bill),
            "shown_goods": _one(_GOODS, bill),
            "province": PROVINCE,
            "ward": WARD,
            "name": f"Người mua {self.n}",
            "phone": f"09{self.n:08d}",
            "street": "12 Lê Lợi",
            "do": "place",
        }

    def place(self) -> Answer:
        """Press the button that orders."""
        return self.post("/en/dat-hang", **self.form)

    def purchase_number(self) -> str:
        """What the confirmation on this device says."""
        return _one(_NUMBER, self.get("/en/dat-hang/xong").text, group=0)

    def twin(self) -> "Buyer":
        """The same browser: a second click at the same moment."""
        return replace(self, cookies=dict(self.cookies))

    def headers(self, *, has_form: bool) -> dict[str, str]:
        """What this browser says with every request."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if has_form else {}
        return kind | {
            "X-Forwarded-For": f"10.{self.n >> 16 & 255}.{self.n >> 8 & 255}.{self.n & 255}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
        }

    def _send(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        body = None if fields is None else urlencode(fields)
        headers = self.headers(has_form=body is not None)
        answer = _POOL.request(method, self.base + path, body=body, headers=headers, redirect=False)
        for line in answer.headers.getlist("Set-Cookie"):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        told = (answer.headers.get(name, "") for name in ("Location", "Retry-After"))
        return Answer(answer.status, answer.data.decode(), *told)


def _one(pattern: re.Pattern[str], text: str, *, group: int = 1) -> str:
    found = pattern.search(text)
    if found is None:
        raise NoSuchForm(f"{pattern.pattern} isn't in: {text[:2000]}")
    return found.group(group)
