"""Translations without gettext's binaries: collect, check and compile.

Sources speak English; Vietnamese stands in small files `locale/vi/<area>.po`, one per area.

    python scripts/messages.py compile            locale/*/LC_MESSAGES/django.mo
    python scripts/messages.py check              what is missing, unused or breaks a placeholder
    python scripts/messages.py missing [prefix]   stubs to fill in, for files under a path
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [
    "accounts",
    "api",
    "catalog",
    "channels",
    "core",
    "marketplace",
    "notifications",
    "orders",
    "promotions",
    "shipping",
    "vendors",
    "web",
]
TEMPLATE_SUFFIXES = {".html", ".txt", ".svg", ".xml"}
Keyword = tuple[int | tuple[int, str], ...] | None
KEYWORDS: dict[str, Keyword] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
RENAMED = re.compile(rb"\b(\w*gettext\w*) as (\w+)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdfr]|(?<![{%])\{(\w*)\}(?!\})|(%[sd])")
METADATA = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "vi",
    "Plural-Forms": "nplurals=1; plural=0;",
}

Key = tuple[str, str]  # (context, English)


@dataclass
class Message:
    """One English sentence of the sources."""

    plural: str = ""
    places: list[str] = field(default_factory=list)


class Conflict(Exception):
    """Two areas translate one sentence differently."""


def area_files(root: Path = ROOT) -> list[Path]:
    return sorted((root / "locale" / "vi").glob("*.po"))


def merge(files: list[Path]) -> polib.POFile:
    """All areas in one catalogue; one sentence with two translations raises Conflict."""
    merged = polib.POFile()
    merged.metadata = dict(METADATA)
    seen: dict[Key, tuple[polib.POEntry, Path]] = {}
    conflicts: list[str] = []
    for path in files:
        for entry in polib.pofile(str(path), encoding="utf-8"):
            if entry.obsolete or not translation_of(entry):
                continue
            key = (entry.msgctxt or "", entry.msgid)
            if key not in seen:
                seen[key] = (entry, path)
                merged.append(entry)
                continue
            other, where = seen[key]
            if translation_of(other) != translation_of(entry):
                conflicts.append(
                    f"{entry.msgid!r}: {where.name} {translation_of(other)!r}, "
                    f"{path.name} {translation_of(entry)!r}"
                )
            elif entry.msgid_plural and not other.msgid_plural:
                other.msgid_plural, other.msgstr_plural = entry.msgid_plural, entry.msgstr_plural
    if conflicts:
        raise Conflict("\n".join(conflicts))
    return merged


def translation_of(entry: polib.POEntry) -> str:
    """Vietnamese has one form for every number."""
    if entry.msgid_plural:
        return str(entry.msgstr_plural.get(0, ""))
    return entry.msgstr


def compile_catalogues(root: Path = ROOT) -> bool:
    """Write both django.mo files; False when they were newer than every source."""
    files = area_files(root)
    targets = [root / "locale" / lang / "LC_MESSAGES" / "django.mo" for lang in ("vi", "en")]
    sources = [*files, root / "locale" / "vi"]  # the folder's own time tells of a removed file
    newest = max((path.stat().st_mtime_ns for path in sources if path.exists()), default=0)
    if all(path.exists() and path.stat().st_mtime_ns > newest for path in targets):
        return False
    english = polib.POFile()
    english.metadata = METADATA | {"Language": "en", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for path, catalogue in zip(targets, (merge(files), english), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")  # readers see the old file or the new one
        catalogue.save_as_mofile(str(half))
        half.replace(path)
    return True


def collect(root: Path = ROOT, prefix: str = "") -> dict[Key, Message]:
    """Every sentence that the sources ask to be translated, and where."""
    found: dict[Key, Message] = {}
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith(prefix):
            continue
        code, options = as_python(path), {"encoding": "utf-8"}
        for line, words, _comments, context in extract(
            "python", BytesIO(code), KEYWORDS | renamed(code), options=options
        ):
            one, plural = (words, "") if isinstance(words, str) else (words[0], words[1])
            message = found.setdefault((context or "", one), Message())
            message.plural = message.plural or plural
            message.places.append(f"{name}:{line}")
    return found


def renamed(code: bytes) -> dict[str, Keyword]:
    """The names that one file gives to the functions: `gettext_lazy as later`."""
    return {
        own.decode(): KEYWORDS[name.decode()]
        for name, own in RENAMED.findall(code)
        if name.decode() in KEYWORDS
    }


def source_files(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((root / package).rglob("*.py"))
    for folder in (*PACKAGES, "templates"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in TEMPLATE_SUFFIXES and path.is_file():
                yield path


def as_python(path: Path) -> bytes:
    """A template as the calls in it, without the indentation that Python would stumble over."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    lines = templatize(text, origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def problems(root: Path = ROOT) -> list[str]:
    """What keeps the Vietnamese market from being complete, one line each."""
    try:
        catalogue = merge(area_files(root))
    except Conflict as conflict:
        return [f"two translations: {line}" for line in str(conflict).splitlines()]
    wanted = collect(root)
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    found = [
        f"missing: {message.places[0]}: {key[1]!r}"
        for key, message in wanted.items()
        if key not in entries
    ]
    for key, entry in entries.items():
        if key not in wanted:
            found.append(f"unused: {key[1]!r}")
        else:
            found += [f"{fault}: {key[1]!r}" for fault in faults(entry, wanted[key])]
    return found


def faults(entry: polib.POEntry, message: Message) -> list[str]:
    """What is wrong with one translation."""
    text = translation_of(entry)
    found = []
    if message.plural and not entry.msgid_plural:
        found.append("has no msgid_plural")
    if placeholders(text) != placeholders(message.plural or entry.msgid):
        found.append("placeholders differ")
    if text != unicodedata.normalize("NFC", text):
        found.append("not in NFC")
    if entry.fuzzy:
        found.append("fuzzy")
    return found


def placeholders(text: str) -> list[str]:
    """Sorted names; positional ones keep their order."""
    found = PLACEHOLDER.findall(text.replace("%%", ""))
    return sorted(name or f"{{{brace}}}" for name, brace, place in found if not place) + [
        place for _name, _brace, place in found if place
    ]


def stubs(root: Path = ROOT, prefix: str = "") -> str:
    """PO entries to fill in, for what has no translation yet."""
    entries = {(entry.msgctxt or "", entry.msgid) for entry in merge(area_files(root))}
    out = polib.POFile()
    for (context, english), message in collect(root, prefix).items():
        if (context, english) in entries:
            continue
        entry = polib.POEntry(msgid=english, msgctxt=context or None)
        entry.comment = message.places[0]
        if message.plural:
            entry.msgid_plural, entry.msgstr_plural = message.plural, {0: ""}
        out.append(entry)
    return "\n".join(str(entry) for entry in out)


def main(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    try:
        if command == "compile":
            compile_catalogues()
        elif command == "check":
            found = problems()
            sys.stdout.write("".join(f"{line}\n" for line in found))
            return 1 if found else 0
        elif command == "missing":
            sys.stdout.write(stubs(prefix=rest[0] if rest else "") + "\n")
        else:
            sys.stdout.write(__doc__ or "")
            return 2
    except Conflict as conflict:
        sys.stdout.write(f"two translations:\n{conflict}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
