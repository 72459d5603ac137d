"""Sign-in slips: choose the people, print the sheet."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from accounts.models import RoleAssignment, SignInSlip, User
from core.errors import DomainError
from core.months import today
from core.web.forms import KeyedForm, offer_rows
from core.web.ticks import TickedList, restored_ticks
from core.web.writing import run_write
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import INSTALLATION

IssuedSlips = list[tuple[SignInSlip, str]]
ISSUED_ALREADY = _(
    "These slips were issued already. A code is shown only once: issue new slips if the"
    " sheet was not printed."
)


def warn_of_missing_slip(request: HttpRequest, assignment: RoleAssignment) -> None:
    """Warn that a new administrator cannot sign in before a slip with consent.

    Their password was voided, or there never was one.
    """
    user = assignment.user
    needs_consent = settings.ADMINISTRATOR_SLIPS_NEED_CONSENT
    if assignment.role not in INSTALLATION or not needs_consent:
        return
    if not user.has_usable_password():
        text = _(
            "Nobody can sign in to the account of %(name)s yet: it has no password, or"
            " its password was voided because no second administrator had agreed to it."
            " It needs a new sign-in slip, with that consent."
        )
        messages.warning(request, text % {"name": user})


View = TypeVar("View", bound=Callable[..., HttpResponse])


def issues_slips(view: View) -> View:
    """Have a view that is sent again say that its slips were issued already."""
    view.__dict__["repeated_message"] = ISSUED_ALREADY
    return view


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip on the sheet; the code exists only on this paper."""

    name: str
    organization: str
    username: str
    by_member: bool
    code: str
    runs_out_at: dt.datetime
    address: str
    picture: str


class SlipsForm(KeyedForm):
    """The people chosen to get a slip, among those eligible; none by default."""

    chosen = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(
        self, *args: Any, eligible: QuerySet[Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if eligible is not None:
            offer_rows(self, "chosen", eligible)


class SlipsPage(UserPassesTestMixin, TickedList, ListView):
    """The people a slip may be printed for, and the sheet of those chosen."""

    ticks_title = _("Issue and print the slips")
    repeated_message = ISSUED_ALREADY
    paginate_by = 50

    def get_eligible(self) -> QuerySet[Any]:
        """Return the people for whom the reader may print; override."""
        raise NotImplementedError

    def print_slips(self, chosen: Sequence[Any]) -> HttpResponse:
        """Issue the slips and show their sheet; override."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ticked = restored_ticks(self.request, "chosen")
        hours = Threshold.objects.on(ThresholdKey.SLIP_HOURS, today())
        kwargs = {"form": SlipsForm(), "ticked": ticked, "hours": hours, **kwargs}
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Print slips for the chosen people, or show the form's errors."""
        form = SlipsForm(request.POST, eligible=self.get_eligible())
        if form.is_valid():
            return self.print_slips(list(form.cleaned_data["chosen"]))
        self.object_list = self.get_queryset()
        return self.render_to_response(self.get_context_data(form=form))


def group_code(code: str) -> str:
    """Return a code in groups of four, which is easier to copy."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def print_slips_once(
    request: HttpRequest,
    issue: Callable[[], IssuedSlips],
    *,
    back_url: str,
    organizations: dict[int, str] | None = None,
) -> HttpResponse:
    """Issue slips and show their sheet.

    `places` names each account's organization; `issue` may fill it.
    """
    issued: IssuedSlips = []

    def run() -> str:
        issued.extend(issue())
        return back_url

    try:
        run_write(request, run)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back_url)
    return _render_sheet(
        request, issued, back_url=back_url, organizations=organizations
    )


def _render_sheet(
    request: HttpRequest,
    issued: Iterable[tuple[SignInSlip, str]],
    *,
    back_url: str,
    organizations: dict[int, str] | None,
) -> HttpResponse:
    """Render the sheet of the slips just issued."""
    activation_url = request.build_absolute_uri(reverse("accounts:activate"))
    slips = [
        _present_slip(slip, code, activation_url, organizations or {})
        for slip, code in issued
    ]
    context: dict[str, Any] = {"slips": slips, "back_url": back_url}
    return render(request, "accounts/slip_sheet.html", context)


def _present_slip(
    slip: SignInSlip, code: str, activation_url: str, organizations: dict[int, str]
) -> PrintedSlip:
    user = slip.user
    address = f"{activation_url}#{code}"
    return PrintedSlip(
        name=str(user),
        organization=organizations.get(user.pk, ""),
        username=user.username,
        by_member=getattr(user, "member", None) is not None,
        code=group_code(code),
        runs_out_at=slip.runs_out_at,
        address=activation_url,
        picture=segno.make(address, error="m").svg_data_uri(scale=3),
    )
