"""What channels hold about a person: who asked for a connection, by number alone."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from channels.models import ConsentRequest
from core.own_data import Erasing, Kept, Part, Person

TABLES = frozenset({"channels_consentrequest"})


def export(person: Person) -> Iterable[Part]:
    labels = {"channel": _("Channel"), "created_at": _("When")}
    mine = ConsentRequest.objects.filter(user_id=person.user_id).order_by("id")
    yield Part("channel_requests", _("Connections asked for"), labels, list(mine.values(*labels)))


def hindrances(person: Person) -> Iterable[str]:
    return ()


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    ConsentRequest.objects.filter(user_id=erasing.person.user_id).delete()
