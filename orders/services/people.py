"""Who acts on an order without an account: a guest, named by what the device proved."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Guest:
    """The buyer of a purchase placed without an account; an `audit.Actor`."""

    purchase_number: str
    pk: Any = None

    def audit_label(self) -> str:
        return f"guest {self.purchase_number}"
