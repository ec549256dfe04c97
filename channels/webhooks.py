"""Where channels send their notices: check, store, answer at once with an empty body."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels.adapters import ADAPTERS
from channels.services.notices import take_push

LONGEST_BODY = 65_536


@csrf_exempt
@require_POST
def shopee(request: HttpRequest) -> HttpResponse:
    """A push of Shopee. The signature is checked on the raw bytes before anything is read."""
    body = request.read(LONGEST_BODY + 1)
    if len(body) > LONGEST_BODY:
        return HttpResponse(status=413)
    signature = request.headers.get("Authorization", "")
    push = ADAPTERS["shopee"].read_push(body=body, signature=signature)
    if push is None:
        return HttpResponse(status=401)
    take_push("shopee", push)
    return HttpResponse(status=204)
