"""What the rules about vendors may refuse."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class FileLocked(DomainError):
    """The file is with the province, or ended: the vendor can't change it now."""

    code = "file_locked"
    message = _(
        "The province is reading this file, so it can't be changed now. "
        "You can change it again when they have answered."
    )


class FieldLocked(DomainError):
    """A checked answer of an approved vendor can't be changed without the province."""

    code = "field_locked"
    message = _("The province has checked this answer. Call the market's desk to change it.")


class FileIncomplete(DomainError):
    """Something is missing; `missing` lists it with a sentence for each."""

    code = "file_incomplete"
    message = _("The file isn't complete yet. See what is missing below.")

    def __init__(self, missing: Mapping[str, str]) -> None:
        super().__init__()
        self.missing = dict(missing)


class BadDecision(DomainError):
    """A decision that doesn't fit the present state, or lacks its reason."""

    code = "bad_decision"
    message = _("This decision doesn't fit the file's present state. Open it again.")
