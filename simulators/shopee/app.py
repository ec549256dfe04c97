"""The simulated Shopee as one handler: its API, its consent page, its shop and its controls."""

from simulators.shopee import api, consent, control, shopfront
from simulators.shopee.sim import Sim
from simulators.web import Handler, Request, Response, Router


def make_handler(sim: Sim) -> Handler:
    router = Router()
    router.add("GET", "/api/v2/shop/auth_partner", lambda request: consent.show(sim, request))
    router.add("POST", "/seller/consent", lambda request: consent.answer(sim, request))
    control.add_routes(router, sim)
    shopfront.add_routes(router, sim)

    def handler(request: Request) -> Response:
        if request.path.startswith(api.PREFIX) and request.path != "/api/v2/shop/auth_partner":
            return api.serve(sim, request)
        return router(request)

    return handler
