"""Photos of a form, as the services take them."""

from django.http import HttpRequest

from core import files


def photos_of(request: HttpRequest, field: str, *, most: int) -> list[files.Upload]:
    """What the form brought: at most one more than allowed, so that too many can be told."""
    sent = [file for file in request.FILES.getlist(field) if file][: most + 1]
    return [files.read_upload(file, purpose="photo") for file in sent]
