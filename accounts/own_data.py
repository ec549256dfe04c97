"""What accounts hold about a person."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    Address,
    Authenticator,
    Consent,
    DataExport,
    ErasureRequest,
    OneTimeCode,
    RecoveryCode,
    SignedIn,
    User,
)
from accounts.services import devices, exporting
from core import clock
from core.own_data import Erasing, Kept, Part, Person
from vietnam import places

TABLES = frozenset(
    {
        "accounts_user",
        "accounts_address",
        "accounts_authenticator",
        "accounts_consent",
        "accounts_dataexport",
        "accounts_erasurerequest",
        "accounts_onetimecode",
        "accounts_recoverycode",
        "accounts_signedin",
    }
)
AT, NAME, PHONE = _("When"), _("Name"), _("Phone")


def export(person: Person) -> Iterable[Part]:
    user = User.objects.get(pk=person.user_id)
    yield Part(
        "account",
        _("Account"),
        {
            "name": NAME,
            "phone": PHONE,
            "email": _("E-mail"),
            "language": _("Language"),
            "is_staff": _("Works for the province"),
            "created_at": _("Opened"),
            "last_login": _("Last sign-in"),
        },
        [
            {
                "name": user.full_name,
                "phone": user.phone,
                "email": user.email,
                "language": user.language,
                "is_staff": user.is_staff,
                "created_at": user.created_at,
                "last_login": user.last_login,
            }
        ],
    )
    yield _addresses(person)
    yield _consents(person)
    yield from _security(person)
    yield _own_requests(person)


def hindrances(person: Person) -> Iterable[str]:
    """Staff and demo accounts are ended by the province, not by a click."""
    user = User.objects.get(pk=person.user_id)
    if user.is_staff:
        yield str(_("You work at the province's desk. Ask the office to end your account."))


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    """The row stays, because orders and decisions point at it, but nobody stands behind it."""
    person = erasing.person
    user = User.objects.get(pk=person.user_id)
    devices.end_all(user=user)
    for model in (Address, Authenticator, RecoveryCode):
        model.objects.filter(user=user).delete()
    erasing.files.extend(exporting.drop_files(DataExport.objects.filter(user=user)))
    DataExport.objects.filter(user=user).delete()
    about = Q(target__in=[*person.contacts, *person.past]) | Q(
        purpose__in=("sign_in", "change_contact"), subject=str(user.pk)
    )
    OneTimeCode.objects.filter(about).delete()
    if user.erased_at is None:
        user.email = user.phone = None
        user.full_name = ""
        user.is_active = user.is_staff = False
        user.last_login = None
        user.set_unusable_password()
        user.erased_at = clock.now()
        user.save()


def _addresses(person: Person) -> Part:
    rows = []
    for one in Address.objects.for_person(person.user_id):
        ward = places.find_ward(one.ward_code)
        rows.append(
            {
                "name": one.name,
                "phone": one.phone,
                "street": one.street,
                "ward": places.full_name(ward, "vi") if ward else one.ward_code,
                "is_default": one.is_default,
                "created_at": one.created_at,
            }
        )
    labels = {
        "name": NAME,
        "phone": PHONE,
        "street": _("Street"),
        "ward": _("Ward or commune"),
        "is_default": _("Usual address"),
        "created_at": AT,
    }
    return Part("addresses", _("Addresses"), labels, rows)


def _consents(person: Person) -> Part:
    labels = {
        "purpose": _("For what"),
        "is_given": _("Agreed"),
        "version": _("Version of the text"),
        "language": _("Language"),
        "at": AT,
    }
    mine = Consent.objects.filter(user_id=person.user_id).order_by("id")
    return Part("consents", _("Consents"), labels, list(mine.values(*labels)))


def _security(person: Person) -> Iterable[Part]:
    labels = {"kind": _("Kind"), "name": NAME, "created_at": AT, "last_used_at": _("Last used")}
    mine = Authenticator.objects.filter(user_id=person.user_id).order_by("id")
    yield Part("second_factors", _("Second factors"), labels, list(mine.values(*labels)))
    labels = {"device": _("Device"), "place": _("Network"), "at": AT}
    open_ones = SignedIn.objects.filter(user_id=person.user_id).order_by("id")
    yield Part("sessions", _("Signed-in devices"), labels, list(open_ones.values(*labels)))
    labels = {"purpose": _("For what"), "target": _("Sent to"), "created_at": AT}
    codes = OneTimeCode.objects.filter(target__in=person.contacts).order_by("id")
    yield Part("codes", _("One-time codes"), labels, list(codes.values(*labels)))


def _own_requests(person: Person) -> Part:
    exports = DataExport.objects.filter(user_id=person.user_id)
    erasures = ErasureRequest.objects.filter(user_id=person.user_id)
    rows = [{"kind": "export", "at": one.asked_at, "state": one.state} for one in exports]
    rows += [{"kind": "erasure", "at": one.asked_at, "state": one.state} for one in erasures]
    labels = {"kind": _("Kind"), "at": AT, "state": _("State")}
    return Part("requests", _("Exports and deletions"), labels, rows)
