"""Printing sign-in slips for members."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from accounts.http import reader
from accounts.slips import Issued, sheet_once
from core.views import OverRow
from members import permissions
from members.actions import let_members_in
from members.filters import MemberFilter
from members.forms import SlipsForm
from members.models import Member


def sheet_for(
    request: HttpRequest, members: Sequence[Member], *, back: str
) -> HttpResponse:
    """Issue slips and show their sheet with each member's organization."""
    homes = [str(m.organization or m.community or "") for m in members]
    places: dict[int, str] = {}

    def issue() -> Issued:
        issued = let_members_in(members, by=reader(request))
        users = [slip.user_id for slip, _code in issued]
        places.update(zip(users, homes, strict=True))
        return issued

    return sheet_once(request, issue, back_url=back, places=places)


class PrintSlip(OverRow[Member]):
    """One member's slip."""

    model = Member
    http_method_names = ["post"]

    def allowed(self, obj: Member) -> bool:
        return permissions.can_issue_slip(reader(self.request), obj)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue it and show the sheet."""
        member = self.found()
        return sheet_for(request, [member], back=member.get_absolute_url())


class SlipList(UserPassesTestMixin, ListView):
    """Members who have no account yet, and the sheet of those chosen."""

    template_name = "members/slip_list.html"
    paginate_by = 50
    filter: MemberFilter

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_queryset(self) -> QuerySet[Member]:
        rows = Member.objects.managed_by(reader(self.request)).filter(user=None)
        places = rows.exclude(organization=None, community=None)
        ordered = places.select_related("organization", "community").order_by("sound")
        self.filter = MemberFilter(
            self.request.GET, queryset=ordered, request=self.request
        )
        found: QuerySet[Member] = self.filter.qs
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or SlipsForm()
        context: dict[str, Any] = {"title": _("Sign-in slips for members")}
        context |= {"form": form, "filter": self.filter}
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Issue slips to those chosen and show the sheet; it is shown only once."""
        form = SlipsForm(
            request.POST, offered=permissions.members_to_let_in(reader(self.request))
        )
        if not form.is_valid():
            self.object_list = self.get_queryset()
            return self.render_to_response(self.get_context_data(form=form))
        return sheet_for(
            request,
            list(form.cleaned_data["members"]),
            back=reverse("members:slips"),
        )
