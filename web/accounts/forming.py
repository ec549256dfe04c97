"""Forms and rules: a refusal of a service becomes the form's own error, and nothing typed is lost.

Used by the account pages and the province's desk.
"""

from collections.abc import Callable

from django import forms

from core.errors import BadFields, DomainError, TooMany
from vendors.errors import FileIncomplete


def accepts(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the rules took what the form holds; a refusal stands beside its field."""
    try:
        act()
    except DomainError as error:
        take_over(form, error)
        return False
    return True


def take_over(form: forms.Form, error: DomainError) -> None:
    """Show a rule's sentence where it belongs; sentences without a field stand on top."""
    if isinstance(error, BadFields):
        for each in error.errors.values():
            take_over(form, each)
        return
    if isinstance(error, FileIncomplete):
        for sentence in error.missing.values():
            form.add_error(None, sentence)
        return
    field = error.field if error.field in form.fields else None
    form.add_error(field, forms.ValidationError(str(error), code=error.code))
    if isinstance(error, TooMany):
        form.too_many = error  # type: ignore[attr-defined]


def status_of(form: forms.Form) -> int:
    """200 for a fresh form, 422 for one with errors, 429 when a limit was reached."""
    if not form.errors:
        return 200
    return 429 if hasattr(form, "too_many") else 422
