"""The ways out: each function hands one message over, or raises ProviderError.

In the demo nothing leaves the machine: the rows of Message are the mailbox.
"""

from collections.abc import Callable

from notifications.gateways import mail, sms
from notifications.gateways.letter import Letter

GATEWAYS: dict[str, Callable[[Letter], None]] = {
    "mail": mail.send,
    "sms": sms.send,
    "zalo": sms.send_zalo,
}
