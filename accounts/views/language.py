"""Switch the language; a form that is open goes along."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.i18n import set_language

from accounts.drafts.keeping import keep_switched_form


def switch_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language and open the page again, filled in if its form was sent."""
    response = set_language(request)
    draft = keep_switched_form(request) if request.method == "POST" else None
    if draft is not None and response.status_code == HTTPStatus.FOUND:
        response["Location"] = draft.restore_url
    return response
