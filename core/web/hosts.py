"""Answer requests for foreign hosts in words, and with one line in the log."""

import logging

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.defaults import bad_request

from core.logs import RepeatedLinesFilter
from core.web.middleware import GetResponse

LOGGED_SECONDS = 60
LOGGED_LENGTH = 100
log = logging.getLogger(__name__)
log.addFilter(RepeatedLinesFilter(LOGGED_SECONDS))


def refuse_foreign_hosts_middleware(get_response: GetResponse) -> GetResponse:
    """Refuse a request that names a host which is not ours, before anything else.

    Whoever asks for hosts at random fills no log: one line a minute says that it was
    done, and what to do if the host is ours after all.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost as refusal:
            named = repr(request.META.get("HTTP_HOST", ""))[:LOGGED_LENGTH]
            log.warning(
                "A request named the host %s, which is not ours; it was refused. Add it"
                " to ALLOWED_HOSTS if it is. Others within a minute are not logged.",
                named,
            )
            answer: HttpResponse = bad_request(request, refusal)
            answer.headers["X-Content-Type-Options"] = "nosniff"
            add_never_cache_headers(answer)
            return answer
        return get_response(request)

    return respond
