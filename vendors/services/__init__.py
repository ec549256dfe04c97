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
from vendors.services.paper_files import Upload, open_stored, read_upload

__all__ = [
    "REASON_FIELDS",
    "Decision",
    "Missing",
    "PaperDecision",
    "PaperForm",
    "Upload",
    "add_paper",
    "decide",
    "decide_paper",
    "open_decisions",
    "open_stored",
    "read_upload",
    "remove_paper",
    "save_file",
    "start_vendor",
    "submit",
    "what_is_missing",
]
