"""The demo's pictures: rows and files of the small first drawings.

Each is a picture that is whole in itself: its 480 px stand at every width. The worker replaces it
by full drawings in all views (`catalog.services.drawings`).
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from catalog.models import ProductPicture
from catalog.services.drawings import FOLDER, recipe_name
from core import pictures
from core.models import Picture, PictureState, Rendition, StoredFile
from marketplace.seeding.drawing import Recipe, Small
from marketplace.seeding.sheets import Making, Sheets
from marketplace.seeding.shelf import Item
from vietnam.text import slugify

MOST_DRAWINGS = 390
# A market of this size keeps the small drawings: its products share them.
FULL_UP_TO = 2_000


def open_sheets(sheets: Sheets) -> None:
    sheets.open(
        StoredFile, "id", "key", "is_private", "content_type", "size", "sha256", "original_name",
        "created_at",
    )  # fmt: skip
    sheets.open(
        Picture, "id", "original_id", "token", "state", "width", "height", "refusal", "created_at",
        "complete_at",
    )  # fmt: skip
    sheets.open(Rendition, "id", "picture_id", "width", "height", "format", "size")
    sheets.open(ProductPicture, "id", "product_id", "picture_id", "position")


class Album:
    """Which product shows which drawing."""

    def __init__(self, items: list[Item], *, seed: int) -> None:
        self.recipes: list[Recipe] = []
        self.tokens: list[str] = []
        self.of_item: dict[int, int] = {}
        self.is_full = len(items) <= FULL_UP_TO
        own: defaultdict[str, list[int]] = defaultdict(list)
        turn: defaultdict[str, int] = defaultdict(int)
        for item in items:
            key = item.good.key
            turn[key] += 1
            if turn[key] <= max(1, round(item.good.share * MOST_DRAWINGS / 390)):
                own[key].append(self._draw(item, turn[key], seed))
            self.of_item[item.id] = own[key][(turn[key] - 1) % len(own[key])]

    def token(self, item: Item) -> str:
        return self.tokens[self.of_item[item.id]]

    def write(
        self, making: Making, drawn: list["Future[Small]"], progress: Callable[[int], None]
    ) -> None:
        """Files and rows; waits for the drawings."""
        sheets, keys = making.sheets, []
        for number, future in enumerate(drawn):
            keys.append(self._one(sheets, number, future.result(), making.now))
            progress(number + 1)
        for item_id, number in self.of_item.items():
            sheets.add(ProductPicture, sheets.key(ProductPicture), item_id, keys[number], 0)

    def _draw(self, item: Item, turn: int, seed: int) -> int:
        graded = [one for one in item.good.motifs if one.endswith(_code(item.grade.code))]
        fitting = graded if item.grade.code and graded else item.good.motifs
        motif = fitting[(turn - 1) % len(fitting)]
        number = len(self.recipes)
        recipe = Recipe(motif, item.title, item.seller.source.label, seed * 1_000 + number)
        self.recipes.append(recipe)
        self.tokens.append(hashlib.sha256(f"{seed} {number} {recipe}".encode()).hexdigest()[:24])
        return number

    def _one(self, sheets: Sheets, number: int, small: Small, now: datetime) -> int:
        token, recipe, size = self.tokens[number], self.recipes[number], len(small.data)
        file_key = f"{FOLDER if self.is_full else 'photo'}/{token[:2]}/{token}.webp"
        _save("private", file_key, small.data)
        stored, picture = sheets.key(StoredFile), sheets.key(Picture)
        sheets.add(
            StoredFile, stored, file_key, True, "image/webp", size,  # noqa: FBT003
            hashlib.sha256(small.data).hexdigest(),
            recipe_name(motif=recipe.motif, seed=recipe.seed, title=recipe.title), now,
        )  # fmt: skip
        sheets.add(
            Picture, picture, stored, token, str(PictureState.READY), small.width, small.height,
            "", now, now,
        )  # fmt: skip
        for width in pictures.WEBP_WIDTHS:
            _save("default", pictures.path(token, width, "webp"), small.data)
            key = sheets.key(Rendition)
            sheets.add(Rendition, key, picture, width, small.height, "webp", size)
        return picture


def _code(grade: str) -> str:
    """A grade as names of motifs write it: "SVR 3L" is svr3l."""
    return slugify(grade).replace("-", "")


def _save(alias: str, name: str, data: bytes) -> None:
    """Names follow from the seed: what a killed run left is replaced."""
    storage = storages[alias]
    storage.delete(name)
    storage.save(name, ContentFile(data))
