"""A new phone number or e-mail address: a code to the new one, a notice to the old one."""

from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.backends import find_by_login
from accounts.contacts import Contact, contact_of, read_login
from accounts.errors import BadPassword, CodeEnded
from accounts.models import User
from accounts.services import codes, telling
from core import audit, limits
from core.errors import InvalidInput

PURPOSE = "change_contact"


def begin_contact_change(*, user: User, contact: str, password: str) -> Contact:
    """Check the password and send a code to the new phone or e-mail.

    The answer is the same when the contact is another account's: then nothing is sent, and no code
    fits. Raises BadContact, BadPassword, InvalidInput, TooManyCodes, TooMany.
    Source: rules S29, S31.
    """
    new = read_login(contact, field="contact")
    prove_password(user=user, password=password)
    if new.value in (user.email, user.phone):
        raise InvalidInput("contact_same", _("This is what we have already."), field="contact")
    send_contact_code(user=user, target=new.value)
    return new


def send_contact_code(*, user: User, target: str) -> None:
    """Send the code of a change, the first time or again. Raises TooManyCodes."""
    taken = find_by_login(target) is not None
    codes.issue_code(purpose=PURPOSE, target=target, subject=str(user.pk), silent=taken)


def finish_contact_change(*, user: User, target: str, code: str) -> User:
    """Put the new contact in the place of the old one; the old one is told. Twice is safe.

    The code belongs to this person and this contact. Raises WrongCode, CodeEnded. Audited, with
    both values beside the chain; emits `account.changed`.
    """
    codes.check_code(purpose=PURPOSE, target=target, subject=str(user.pk), text=code)
    way = contact_of(target).way
    try:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=user.pk)
            old = getattr(user, way) or ""
            setattr(user, way, target)
            user.save(update_fields=[way])
            entry = audit.record(
                actor=user,
                action=f"account.change_{way}",
                subject=("user", str(user.pk)),
                personal={"old": old, "new": target},
            )
            telling.changed(user, way, entry_id=entry.pk)
    except IntegrityError as error:
        raise CodeEnded(field="code") from error
    return user


def prove_password(*, user: User, password: str, field: str = "password") -> None:
    """Ask for the password again. Raises BadPassword, TooMany (ten tries in a quarter hour)."""
    limits.check("prove_password", f"user:{user.pk}", limit=10, per_seconds=900)
    if not check_password(password, user.password):
        raise BadPassword("password_wrong", _("Your password isn't right."), field=field)
    limits.forget("prove_password", f"user:{user.pk}", per_seconds=900)
