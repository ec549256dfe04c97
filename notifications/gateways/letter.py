"""What a gateway is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to go; `key` is the same at every try, so that a gateway can tell twice."""

    to: str
    subject: str
    body: str
    key: str
