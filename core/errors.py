"""One family of errors for every rule of the market; pages, REST and tasks translate them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule said no.

    `code` is stable and made for programs; `message` is a translatable sentence that says what
    happened and what to do (English message id, lazily translated); `params` fill its %(name)s
    places and are also shown by REST; `field` names the form field it belongs to, if one does.
    """

    code: str = "refused"
    message: object = _("This can't be done.")
    status: int = 409

    def __init__(
        self,
        code: str | None = None,
        message: object | None = None,
        *,
        field: str | None = None,
        **params: object,
    ) -> None:
        self.code = code or self.code
        self.message = message if message is not None else self.message
        self.field = field
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.params if self.params else text


class InvalidInput(DomainError):
    """What was sent can't be taken as it is; nothing was written."""

    code = "invalid"
    status = 400


class BadFields(InvalidInput):
    """Several fields can't be taken; nothing was written. `errors` maps field -> its error."""

    code = "bad_fields"
    message = _("Some answers need mending. They are marked below.")

    def __init__(self, errors: Mapping[str, DomainError]) -> None:
        super().__init__()
        self.errors = dict(errors)


class NotFound(DomainError):
    """Missing, or somebody else's: the answer is the same."""

    code = "not_found"
    message = _("We can't find that.")
    status = 404


class NotAllowed(DomainError):
    """The person is known, but has no right to do this."""

    code = "not_allowed"
    message = _("Your account may not do this.")
    status = 403


class TooMany(DomainError):
    """A limit was reached; `retry_after` says in how many seconds to try again."""

    code = "too_many"
    message = _("Too many tries. Please wait a little and try again.")
    status = 429


class ProviderError(DomainError):
    """An outside party failed or refused; `retryable` says whether trying again can help."""

    code = "provider_failed"
    message = _("The other side doesn't answer at the moment.")
    status = 503

    def __init__(
        self,
        code: str | None = None,
        message: object | None = None,
        *,
        retryable: bool = True,
        retry_after: float | None = None,
        **params: object,
    ) -> None:
        super().__init__(code, message, field=None, **params)
        self.retryable = retryable
        self.retry_after = retry_after
