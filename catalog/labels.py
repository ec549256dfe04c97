"""Names of facet values and badges in both languages; stored with cards, so not for gettext."""

from collections.abc import Iterable

from vendors.models import PaperKind, VendorKind
from vietnam import places

VENDOR_KINDS: dict[str, tuple[str, str]] = {
    VendorKind.COMPANY: ("Doanh nghiệp", "Company"),
    VendorKind.COOPERATIVE: ("Hợp tác xã", "Cooperative"),
    VendorKind.HOUSEHOLD: ("Hộ kinh doanh", "Household business"),
    VendorKind.PERSON: ("Cá nhân", "Person"),
}
PAPER_KINDS: dict[str, tuple[str, str]] = {
    PaperKind.REGISTRATION: ("Giấy đăng ký kinh doanh", "Business registration"),
    PaperKind.IDENTITY: ("Căn cước", "Identity card"),
    PaperKind.FOOD_SAFETY: ("An toàn thực phẩm", "Food safety"),
    PaperKind.SELF_DECLARATION: ("Bản tự công bố", "Self-declaration"),
    PaperKind.OCOP: ("OCOP", "OCOP"),
    PaperKind.VIETGAP: ("VietGAP", "VietGAP"),
    PaperKind.ORGANIC: ("Hữu cơ", "Organic"),
    PaperKind.HACCP: ("HACCP", "HACCP"),
    PaperKind.GROWING_AREA: ("Mã số vùng trồng", "Growing-area code"),
    PaperKind.OTHER: ("Giấy tờ khác", "Other paper"),
}
IN_STOCK = {"1": ("Còn hàng", "In stock")}
# Papers that make a badge, the most telling first. OCOP carries its stars.
BADGE_KINDS: tuple[str, ...] = (
    PaperKind.OCOP,
    PaperKind.ORGANIC,
    PaperKind.VIETGAP,
    PaperKind.HACCP,
    PaperKind.GROWING_AREA,
)


def badge_of(kind: str, stars: int | None) -> str:
    """The badge that a paper earns ("ocop-4", "vietgap"), or "" for none."""
    if kind == PaperKind.OCOP:
        return f"ocop-{stars}" if stars and stars >= 3 else ""
    return kind if kind in BADGE_KINDS else ""


def badge_label(badge: str) -> tuple[str, str]:
    if badge.startswith("ocop-"):
        stars = badge.removeprefix("ocop-")
        return f"OCOP {stars} sao", f"OCOP {stars} stars"
    return PAPER_KINDS.get(badge, (badge, badge))


def badge_tone(badge: str) -> str:
    """ "gold" for distinctions, "leaf" for what was checked."""
    if not badge:
        return ""
    return "gold" if badge.startswith("ocop-") else "leaf"


def best_badge(badges: Iterable[str]) -> str:
    """The one badge that a card shows: more OCOP stars first, then the order of BADGE_KINDS."""
    return min(badges, key=_badge_order, default="")


def ward_label(code: str) -> tuple[str, str]:
    ward = places.find_ward(code)
    if ward is None:
        return code, code
    return places.full_name(ward, "vi"), places.full_name(ward, "en")


def _badge_order(badge: str) -> tuple[int, str]:
    kind, _, stars = badge.partition("-")
    order = BADGE_KINDS.index(kind) if kind in BADGE_KINDS else len(BADGE_KINDS)
    return order, "" if not stars else str(9 - int(stars))
