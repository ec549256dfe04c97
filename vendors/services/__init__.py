"""What vendors and the province do with a vendor's file."""

from vendors.selectors import Missing, what_is_missing
from vendors.services.deciding import (
    REASON_FIELDS,
    Decision,
    PaperDecision,
    decide,
    decide_paper,
    open_decisions,
)
from vendors.services.filing import (
    PaperForm,
    add_paper,
    remove_paper,
    save_file,
    start_vendor,
    submit,
)

__all__ = [
    "REASON_FIELDS",
    "Decision",
    "Missing",
    "PaperDecision",
    "PaperForm",
    "add_paper",
    "decide",
    "decide_paper",
    "open_decisions",
    "remove_paper",
    "save_file",
    "start_vendor",
    "submit",
    "what_is_missing",
]
