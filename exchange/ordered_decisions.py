"""Opens the page of a decision for a worker, as its owner would."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from exchange.errors import NoLongerPermitted
from exchange.models import OrderedDecision


def open_decision(
    order: OrderedDecision, extra: Mapping[str, str] | None = None
) -> tuple[Any, Any]:
    """Return the page's own view and its form with what was typed, which fits.

    Whatever the page would refuse its owner now is refused here as well, and so is
    everything once their account is closed.
    """
    if not order.owner.is_active:
        raise NoLongerPermitted
    try:
        match = resolve(order.address)
    except Resolver404 as error:
        raise NoLongerPermitted from error
    view_class = getattr(match.func, "view_class", None)
    if not getattr(view_class, "is_ordered", False):
        raise NoLongerPermitted
    request = HttpRequest()
    request.method, request.path, request.path_info = "POST", order.address, ""
    request.META = {"REQUEST_METHOD": "POST"}
    typed = QueryDict(order.typed, mutable=True)
    typed.update({**(extra or {})})
    request.POST = typed  # type: ignore[assignment] # read alike
    request.user, request.resolver_match = order.owner, match
    view: Any = view_class()  # type: ignore[misc] # a view, as its attribute says
    view.setup(request, *match.args, **match.kwargs)
    try:
        return view, view.ordered_form()
    except (Http404, PermissionDenied) as error:
        raise NoLongerPermitted from error
