"""Every packed motif by name."""

from catalog.demo.boxes import export_box, gable, gift_box, upright
from catalog.demo.glass import bottle, brine_jar, jar_of, jar_with
from catalog.demo.kinds import MATTER, Packed
from catalog.demo.look import Look
from catalog.demo.metal import drum, grinder, tin
from catalog.demo.pen import Pen
from catalog.demo.pouch import bag, pouch
from catalog.demo.rubber import bales, cup_lump, sheets
from catalog.demo.sack import sack, sewn_sack


def _pouch(family: str, goods: str, size: float = 0.95) -> Packed:
    return Packed(family, lambda pen, look: pouch(pen, look, MATTER[goods], size=size), goods)


def _bag(family: str, goods: str) -> Packed:
    return Packed(family, lambda pen, look: bag(pen, look, MATTER[goods]), goods, 410, 690)


def _plain_bag(family: str, goods: str) -> Packed:
    return Packed(family, bag, goods, 410, 690)


def _sack(family: str, goods: str, size: float = 1.1) -> Packed:
    return Packed(
        family, lambda pen, look: sack(pen, look, MATTER[goods], size=size), goods, 500, 520
    )


def _sewn(family: str, goods: str) -> Packed:
    return Packed(family, sewn_sack, goods, 490, 650)


def _jar(family: str, goods: str) -> Packed:
    return Packed(family, lambda pen, look: jar_of(pen, look, MATTER[goods]), goods, 400, 560)


def _filled(family: str, goods: str, liquid: str, *, clear: bool) -> Packed:
    def paint(pen: Pen, look: Look) -> None:
        jar_with(pen, look, liquid, clear=clear)

    return Packed(family, paint, goods, 400, 560)


def _tin(family: str, goods: str) -> Packed:
    return Packed(family, tin, goods, 390, 580)


def _box(family: str, goods: str, *, shown: bool = True, sachet: str = "") -> Packed:
    def paint(pen: Pen, look: Look) -> None:
        upright(pen, look, MATTER[goods] if shown else None, sachet=sachet)

    return Packed(family, paint, goods, 520 if sachet else 410, 570)


def _mill(goods: str) -> Packed:
    return Packed("pepper", lambda pen, look: grinder(pen, look, MATTER[goods]), goods, 250, 660)


def _bales(tone: str, goods: str) -> Packed:
    return Packed("rubber", lambda pen, look: bales(pen, look, tone), goods, 530, 490, 1.2)


CASHEW = {
    "pouch_cashew_salted": _pouch("cashew", "cashew_skin"),
    "pouch_cashew_roasted": _pouch("cashew", "cashew_roast"),
    "pouch_cashew_honey": _pouch("cashew", "cashew_honey"),
    "pouch_cashew_wasabi": _pouch("cashew", "cashew_wasabi"),
    "pouch_cashew_garlic": _pouch("cashew", "cashew_garlic"),
    "pouch_cashew_coconut": _pouch("cashew", "cashew_coconut"),
    "tin_cashew": _tin("cashew", "cashew_skin"),
    "jar_cashew": _jar("cashew", "cashew_roast"),
    "jar_cashew_butter": _filled("cashew", "cashew_butter", "#cf9f62", clear=False),
    "sack_cashew_w240": _sack("cashew", "cashew", 1.3),
    "sack_cashew_w320": _sack("cashew", "cashew", 1.02),
    "sack_cashew_broken": _sack("cashew", "cashew_broken"),
    "box_cashew_export": Packed("cashew", export_box, "cashew", 580, 410),
    "sack_raw_nut": _sack("cashew", "raw_nut", 1.15),
    "sack_raw_nut_export": _sewn("cashew", "raw_nut"),
    "cashew_candy": _box("cashew", "candy"),
    "cashew_milk": Packed("cashew", gable, "milk", 350, 660),
}
PEPPER = {
    "pouch_pepper_black": _pouch("pepper", "pepper_black"),
    "sack_pepper_black": _sack("pepper", "pepper_black"),
    "jar_pepper_black": _jar("pepper", "pepper_black"),
    "grinder_pepper_black": _mill("pepper_black"),
    "grinder_pepper_mix": _mill("pepper_mix"),
    "pouch_pepper_white": _pouch("pepper", "pepper_white"),
    "sack_pepper_white": _sack("pepper", "pepper_white"),
    "jar_pepper_white": _jar("pepper", "pepper_white"),
    "jar_pepper_green": Packed(
        "pepper", lambda pen, look: brine_jar(pen, look, MATTER["pepper_green"]), "pepper_green",
        400, 560,
    ),
    "pouch_pepper_red": _pouch("pepper", "pepper_red"),
    "jar_pepper_red": _jar("pepper", "pepper_red"),
    "jar_pepper_powder": _jar("pepper", "pepper_powder"),
    "jar_pepper_salt": _jar("pepper", "pepper_salt"),
    "sack_pepper_export": _sewn("pepper", "pepper_black"),
}  # fmt: skip
RUBBER = {
    "bale_svr3l": _bales("#dccb96", "crumb_pale"),
    "bale_svr10": _bales("#7c5a35", "crumb_brown"),
    "bale_svrcv60": _bales("#c9b07a", "crumb_pale"),
    "bale_rss": Packed("rubber", sheets, "sheet", 530, 580, 1.3),
    "drum_latex": Packed("rubber", drum, "latex", 460, 670),
    "cup_lump": Packed(
        "rubber", lambda pen, look: cup_lump(pen, look, MATTER["lump"]), "lump", 600, 440, 1.5
    ),
}
HONEY = {
    "jar_honey": _filled("honey", "honey", "#d58a16", clear=True),
    "bottle_honey": Packed(
        "honey", lambda pen, look: bottle(pen, look, "#cf8413"), "honey", 270, 660
    ),
    "jar_pollen": _jar("honey", "pollen"),
    "turmeric_honey": _filled("turmeric", "turmeric_honey", "#bf6a10", clear=True),
}
OTHERS = {
    "coffee_bag": _bag("coffee", "coffee"),
    "coffee_ground": _plain_bag("coffee", "coffee_powder"),
    "coffee_drip_box": _box("coffee", "coffee_powder", shown=False, sachet="#e9dcc3"),
    "sack_coffee_green": _sack("coffee", "coffee_green"),
    "tin_coffee": _tin("coffee", "coffee"),
    "dried_jackfruit": _pouch("fruit", "jack"),
    "dried_mango": _pouch("fruit", "mango"),
    "dried_banana": _pouch("fruit", "banana"),
    "turmeric_powder": _jar("turmeric", "turmeric_powder"),
    "bamboo_dried": _pouch("special", "bamboo"),
    "tea_pouch": _pouch("special", "tea"),
    "macadamia": _pouch("special", "macadamia"),
    "gift_box": Packed("special", gift_box, "cashew_skin", 540, 500),
}
PACKED: dict[str, Packed] = {**CASHEW, **PEPPER, **RUBBER, **HONEY, **OTHERS}
