"""The first page: what waits, and since when."""

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from catalog.models import Product
from catalog.states import ProductState
from core.models import Case, CaseState
from vendors.selectors import list_waiting
from web.staff.access import staff_page
from web.staff.frame import show

SHOWN = 5


@staff_page("GET")
def home(request: HttpRequest, user: User) -> HttpResponse:
    """The queues with their ages, and the oldest of the most important ones."""
    products = Product.objects.filter(state=ProductState.SUBMITTED).select_related("vendor")
    context = {
        "vendors": list_waiting()[:SHOWN],
        "products": products.order_by("submitted_at", "pk")[:SHOWN],
        "cases": Case.objects.filter(state=CaseState.OPEN).order_by("opened_at", "pk")[:SHOWN],
    }
    return show(request, "home", context, section="home")
