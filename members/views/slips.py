"""Printing sign-in slips for members."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from accounts.models import SignInSlip, User
from accounts.slips import slip_sheet
from core.forms import KEY
from core.idempotency import once
from core.views import OverRow
from members import permissions
from members.actions import let_members_in
from members.forms import SlipsForm
from members.models import Member


def sheet_for(
    request: HttpRequest, members: Sequence[Member], *, key: str, back: str
) -> HttpResponse:
    """Issue slips and show their sheet; sent a second time, say that it was shown."""
    issued: list[tuple[SignInSlip, str]] = []

    def act() -> str:
        issued.extend(let_members_in(members, by=cast("User", request.user)))
        return back

    _location, new = once(key, by=request.user, act=act)
    if not new:
        messages.info(
            request,
            gettext(
                "These slips were issued already. A code is shown only once: issue"
                " new slips if the sheet was not printed."
            ),
        )
        return HttpResponseRedirect(back)
    homes = [str(m.organization or m.community or "") for m in members]
    users = [slip.user_id for slip, _code in issued]
    places = dict(zip(users, homes, strict=True))
    return slip_sheet(request, issued, back_url=back, places=places)


class PrintSlip(OverRow[Member]):
    """One member's slip."""

    model = Member
    http_method_names = ["post"]

    def allowed(self, obj: Member) -> bool:
        return permissions.can_issue_slip(cast("User", self.request.user), obj)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue it and show the sheet."""
        member = self.found()
        key = request.POST.get(KEY, "")
        return sheet_for(request, [member], key=key, back=member.get_absolute_url())


class SlipList(ListView):
    """Members who have no account yet, and the sheet of those chosen."""

    template_name = "members/slip_list.html"
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not permissions.can_admit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def person(self) -> User:
        """Who prints."""
        return cast("User", self.request.user)

    def get_queryset(self) -> QuerySet[Member]:
        rows = Member.objects.managed_by(self.person).filter(user=None)
        places = rows.exclude(organization=None, community=None)
        return places.select_related("organization", "community").order_by("sound")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or SlipsForm()
        context: dict[str, Any] = {"title": _("Sign-in slips for members")}
        context["form"] = form
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Issue slips to those chosen and show the sheet; it is shown only once."""
        form = SlipsForm(
            request.POST, offered=permissions.members_to_let_in(self.person)
        )
        if not form.is_valid():
            self.object_list = self.get_queryset()
            return self.render_to_response(self.get_context_data(form=form))
        return sheet_for(
            request,
            list(form.cleaned_data["members"]),
            key=form.cleaned_data[KEY],
            back=reverse("members:slips"),
        )
