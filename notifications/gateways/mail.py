"""E-mail, by Django's mail backend (SMTP in production, none in the demo)."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage

from core.errors import ProviderError
from notifications.gateways.letter import Letter


def send(letter: Letter) -> None:
    """Hand one mail over. Raises ProviderError; a refused address isn't tried again."""
    mail = EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        to=[letter.to],
        headers={"Auto-Submitted": "auto-generated", "X-Market-Message": letter.key},
    )
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        raise ProviderError("mail_refused", retryable=False) from error
    except (SMTPException, OSError) as error:
        raise ProviderError("mail_away") from error
