"""What channels answer when they refuse, sorted by what we can do about it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ProviderError


class Kind(StrEnum):
    """What a refusal asks of us."""

    REAUTH = "reauth"  # the vendor must give consent again
    RATE_LIMITED = "rate_limited"  # later
    RETRYABLE = "retryable"  # later
    LOCKED = "locked"  # a promotion holds stock or price: much later
    REFUSED = "refused"  # never as it is
    NOT_FOUND = "not_found"
    ALREADY_DONE = "already_done"  # as good as success

    @property
    def can_retry(self) -> bool:
        return self in {Kind.RATE_LIMITED, Kind.RETRYABLE}


class ChannelError(ProviderError):
    """A channel said no: its own code and words, and what kind of no it is."""

    def __init__(
        self, code: str, message: str, kind: Kind, *, retry_after: float | None = None
    ) -> None:
        super().__init__(code, message, retryable=kind.can_retry, retry_after=retry_after)
        self.kind = kind


class ConsentFailed(DomainError):
    """The way back from the consent page can't be trusted, or consent was refused."""

    code = "consent_failed"
    message = _("The shop wasn't connected. Please start again from here and press Agree there.")
    status = 400


class ShopTaken(DomainError):
    """This outside shop already belongs to another vendor of the market."""

    code = "shop_taken"
    message = _("This shop is connected to another seller here. Disconnect it there first.")


class NotConnected(DomainError):
    code = "not_connected"
    message = _("Connect the shop again first: its consent has ended.")
