"""Fields of the buyers' forms: what was typed, and the sentence of what is wrong with it."""

from collections.abc import Mapping

from core.errors import BadFields, DomainError

Fields = dict[str, dict[str, object]]


def errors_of(error: DomainError) -> dict[str, str]:
    """Field -> sentence; a rule without a field stands under the empty name."""
    if isinstance(error, BadFields):
        found: dict[str, str] = {}
        for each in error.errors.values():
            found |= errors_of(each)
        return found
    return {error.field or "": str(error)}


def fields_of(values: Mapping[str, object], errors: Mapping[str, str]) -> Fields:
    """What templates show: the value as typed and what is wrong."""
    return {name: {"value": value, "wrong": errors.get(name, "")} for name, value in values.items()}
