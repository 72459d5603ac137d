"""Notes for each request where it comes from, and forbids keeping its page."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from core.origin import Origin, coming_from

Answer = Callable[[HttpRequest], HttpResponse]


def client_address(request: HttpRequest) -> str:
    """Return the caller's address, counting only as many proxies as we run.

    What a client writes into `X-Forwarded-For` itself lies left of what our own
    proxies add, and is never believed.
    """
    proxies: int = settings.TRUSTED_PROXIES
    hops: list[str] = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(hops) >= proxies:
        return hops[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def origin_middleware(get_response: Answer) -> Answer:
    """Let the trail know channel, address and request of every deed."""

    def respond(request: HttpRequest) -> HttpResponse:
        channel = "admin" if request.path.startswith("/admin/") else "page"
        origin = Origin(channel, client_address(request), uuid.uuid4().hex[:16])
        with coming_from(origin):
            return get_response(request)

    return respond


def private_pages_middleware(get_response: Answer) -> Answer:
    """Keep pages of signed-in people out of every cache."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return respond
