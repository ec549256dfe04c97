"""The demo's users and vendors."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.models import Address, User
from catalog.services.entries import VendorSource
from marketplace import demo_accounts
from marketplace.seeding import texts
from marketplace.seeding.sheets import Making, Sheets
from vendors.models import Member, Paper, Vendor, VendorDecision, VendorKind
from vietnam import places
from vietnam.tax_code import check_digit
from vietnam.text import slugify

KINDS = (VendorKind.COOPERATIVE, VendorKind.COMPANY, VendorKind.HOUSEHOLD)
LONGEST_LABEL = 34
USER_COLUMNS = (
    "id", "password", "email", "phone", "full_name", "language", "is_staff", "created_at",
    "is_superuser", "is_active", "is_demo",
)  # fmt: skip
RIGHTS = (False, True, True)
# Nobody has these numbers: the province's prefix with a serial never given out, and a birth
# century that hasn't come.
ENTERPRISE_PREFIX = "3899"
PERSONAL_PREFIX = "0709"
THU_DUC = "26824"


@dataclass(slots=True)
class Seller:
    """A demo vendor while the market is made."""

    source: VendorSource
    commodity: str
    place: str
    owner_id: int
    tax_code: str
    papers: dict[str, int] = field(default_factory=dict)  # kind -> paper shared by its goods


@dataclass(frozen=True, slots=True)
class People:
    staff_id: int
    buyer_id: int
    sellers: list[Seller]


def open_sheets(sheets: Sheets) -> None:
    sheets.open(User, *USER_COLUMNS)
    sheets.open(
        Address, "id", "user_id", "name", "phone", "ward_code", "street", "is_default", "created_at"
    )
    sheets.open(
        Vendor, "id", "kind", "name", "name_en", "short_name", "slug", "tax_code", "ward_code",
        "street", "phone", "email", "story_vi", "story_en", "state", "language", "created_at",
        "submitted_at", "approved_at", "change_reasons",
    )  # fmt: skip
    sheets.open(Member, "id", "vendor_id", "user_id", "role", "added_at")
    sheets.open(
        VendorDecision, "id", "vendor_id", "at", "actor_id", "from_state", "to_state", "reasons",
        "note",
    )  # fmt: skip
    sheets.open(
        Paper, "id", "vendor_id", "kind", "title", "issuer", "number", "stars", "issued_on",
        "valid_to", "state", "refusal", "created_at",
    )  # fmt: skip


def make_people(making: Making, *, count: int) -> People:
    """Staff, buyer and `count` approved vendors, each with an owner and its basic papers."""
    sheets, made = making.sheets, making.now - timedelta(days=200)

    def user(email: str, phone: str | None, name: str, *, is_staff: bool = False) -> int:
        key = sheets.key(User)
        sheets.add(User, key, making.password, email, phone, name, "vi", is_staff, made, *RIGHTS)
        return key

    staff_id = user(demo_accounts.STAFF, None, "Cán bộ tỉnh", is_staff=True)
    user(demo_accounts.SECOND_STAFF, None, "Cán bộ tỉnh (hai)", is_staff=True)
    buyer_id = user(demo_accounts.BUYER, "+84900000001", "Khách ở Thủ Đức")
    home = ("Khách ở Thủ Đức", "+84900000001", THU_DUC, "15 Võ Văn Ngân", True, made)
    sheets.add(Address, sheets.key(Address), buyer_id, *home)
    sellers: list[Seller] = []
    taken: set[str] = set()
    for number, (kind, commodity) in enumerate(_line_up(count, making.rng), start=1):
        owner = user(demo_accounts.owner_of(number), phone_of(number), "Chủ gian hàng")
        seller = _seller(making, (number, kind, commodity), owner, taken)
        taken.add(seller.source.name)
        sellers.append(seller)
        _vendor_rows(making, seller, staff_id)
    return People(staff_id, buyer_id, sellers)


def phone_of(number: int) -> str:
    """The phone of the vendor with this number."""
    return f"+849{1_000_000 + number:08d}"


def _line_up(count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Kind and commodity of each vendor; the two that have sign-ins of their own come first."""
    shares = texts.read("vendors")["kinds"]
    every = [
        (str(kind), commodity)
        for commodity, numbers in shares.items()
        for kind, number in zip(KINDS, numbers, strict=True)
        for _ in range(number)
    ]
    first = [("cooperative", "cashew"), ("household", "cashew")]
    for one in first:
        every.remove(one)
    rng.shuffle(every)
    while len(every) < count:
        every += every
    return (first + every)[:count]


def _seller(making: Making, what: tuple[int, str, str], owner_id: int, taken: set[str]) -> Seller:
    number, kind, commodity = what
    wards = places.region_wards()
    ward = wards[(number * 17) % len(wards)]
    if number in demo_accounts.OWN_WARDS:
        ward = next(one for one in wards if one.name == demo_accounts.OWN_WARDS[number])
    name, label, name_en = demo_accounts.OWN_NAMES.get(number) or _name(
        making.rng, kind, commodity, ward.name
    )
    while name in taken:
        brand = making.rng.choice(_brands())
        name, label, name_en = _name(making.rng, kind, commodity, ward.name, extra=brand)
    source = VendorSource(
        id=making.sheets.key(Vendor),
        slug=slugify(label)[:80],
        name=name,
        name_en=name_en,
        label=label if len(label) <= LONGEST_LABEL else label[:LONGEST_LABEL].rsplit(" ", 1)[0],
        kind=kind,
        ward_code=ward.code,
    )
    return Seller(source, commodity, ward.name, owner_id, tax_code_of(kind, number))


def _name(
    rng: random.Random, kind: str, commodity: str, place: str, extra: str = ""
) -> tuple[str, str, str]:
    words = texts.read("vendors")
    vi, short, en = rng.choice(words["names"][kind])
    good_vi, good_en = words["goods"][commodity]
    brand = extra or rng.choice(_brands())
    tail = f" {extra}" if extra and "{brand}" not in vi else ""
    return (
        vi.format(good=good_vi, place=place, brand=brand) + tail,
        short.format(good=good_vi, place=place, brand=brand) + tail,
        en.format(good=good_en, place=place, brand=brand) + tail,
    )


def _brands() -> list[str]:
    brands: list[str] = texts.read("vendors")["names"]["brands"]
    return brands


def tax_code_of(kind: str, number: int) -> str:
    """A well-formed tax code that nobody has."""
    if kind == VendorKind.HOUSEHOLD:
        return f"{PERSONAL_PREFIX}{number:08d}"
    for serial in range(number * 10, number * 10 + 10):
        first_nine = f"{ENTERPRISE_PREFIX}{serial:05d}"
        if len(digit := check_digit(first_nine)) == 1:
            return first_nine + digit
    raise ValueError("ten serials in a row without a check digit")


def _vendor_rows(making: Making, seller: Seller, staff_id: int) -> None:
    sheets, rng, now = making.sheets, making.rng, making.now
    source = seller.source
    ward_vi = places.full_name(_ward(source.ward_code), "vi")
    good_vi, good_en = texts.read("prose")["goods_of"][seller.commodity]
    story_vi, story_en = rng.choice(texts.read("prose")["story"][source.kind])
    ward_en = places.full_name(_ward(source.ward_code), "en")
    approved = now - timedelta(days=rng.randint(172, 195), hours=rng.randint(0, 9))
    sheets.add(
        Vendor, source.id, source.kind, source.name, source.name_en, source.label, source.slug,
        seller.tax_code, source.ward_code, f"Tổ {rng.randint(1, 9)}, {ward_vi}",
        phone_of(source.id), demo_accounts.owner_of(source.id),
        story_vi.format(good=good_vi, ward=ward_vi), story_en.format(good=good_en, ward=ward_en),
        "approved", "vi", approved - timedelta(days=4), approved - timedelta(days=2), approved,
        "{}",
    )  # fmt: skip
    sheets.add(
        Member, sheets.key(Member), source.id, seller.owner_id, "owner",
        approved - timedelta(days=4),
    )  # fmt: skip
    for at, before, after, actor in (
        (approved - timedelta(days=2), "draft", "submitted", seller.owner_id),
        (approved, "submitted", "approved", staff_id),
    ):
        key = sheets.key(VendorDecision)
        sheets.add(VendorDecision, key, source.id, at, actor, before, after, "{}", "")
    add_paper(making, seller, ("registration", None))
    soon = now.date() + timedelta(days=rng.choice((6, 12, 20))) if rng.random() < 0.08 else None
    add_paper(making, seller, ("food_safety", None), valid_to=soon)


def add_paper(
    making: Making,
    seller: Seller,
    what: tuple[str, int | None],
    *,
    title: str = "",
    valid_to: date | None = None,
) -> int:
    """A checked paper of a vendor; returns its key. `what` is (kind, stars)."""
    sheets, rng, now = making.sheets, making.rng, making.now
    kind, stars = what
    issuer, pattern = texts.read("vendors")["papers"][kind]
    ward = places.full_name(_ward(seller.source.ward_code), "vi")
    issued = now.date() - timedelta(days=rng.randint(60, 700))
    ends = valid_to or (
        None if kind == "registration" else now.date() + timedelta(days=rng.randint(40, 900))
    )
    key = sheets.key(Paper)
    sheets.add(
        Paper, key, seller.source.id, kind, title, issuer.format(ward=ward),
        pattern.format(n=rng.randint(11, 998)), stars, issued, ends, "accepted", "",
        now - timedelta(days=95),
    )  # fmt: skip
    return key


def _ward(code: str) -> places.Ward:
    ward = places.find_ward(code)
    if ward is None:
        raise ValueError(code)
    return ward
