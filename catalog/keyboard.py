"""What comes out when somebody types Vietnamese with the wrong keyboard or by ear."""

import re

_DOUBLED = re.compile(r"([aeod])\1+")
_HORN = re.compile(r"([uoa])w")
_TONE = re.compile(r"(?<=[aeiouy])[sfrxj](?=[a-z]*$)|(?<=[a-z])[sfrxj]$")

# How southern and northern ears hear the same: what stands first in a syllable, and last.
_FIRST = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("gi", "d"),
    ("tr", "ch"),
    ("ph", "f"),
    ("r", "d"),
    ("x", "s"),
    ("k", "c"),
    ("l", "n"),
)
_LAST = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))


def from_telex(folded: str) -> str:
    """The word meant by Telex keys that nothing turned into marks: "ddieeuf" is "dieu"."""
    return _TONE.sub("", _HORN.sub(r"\1", _DOUBLED.sub(r"\1", folded)))


def sound(folded: str) -> str:
    """The same for words that many people don't tell apart: "chom" and "trom", "cut" and "cuc"."""
    heard = folded.replace("y", "i")
    for written, said in _FIRST:
        if heard.startswith(written):
            heard = said + heard.removeprefix(written)
            break
    for written, said in _LAST:
        if heard.endswith(written):
            return heard.removesuffix(written) + said
    return heard
