"""Print sign-in slips for members."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from accounts.slips import ISSUED_ALREADY, IssuedSlips, SlipsPage, print_slips_once
from core.web.views import PermittedObjectMixin
from members import permissions
from members.actions import issue_member_slips
from members.filters import SlipFilter
from members.models import Member


def sheet_for(
    request: HttpRequest, members: Sequence[Member], *, back: str
) -> HttpResponse:
    """Issue slips and show their sheet with each member's organization."""
    homes = [str(m.organization or m.community or "") for m in members]
    organizations: dict[int, str] = {}

    def issue() -> IssuedSlips:
        issued = issue_member_slips(members, by=reader(request))
        users = [slip.user_id for slip, _code in issued]
        organizations.update(zip(users, homes, strict=True))
        return issued

    return print_slips_once(request, issue, back_url=back, organizations=organizations)


class PrintSlip(PermittedObjectMixin[Member]):
    """One member's slip."""

    model = Member
    http_method_names = ["post"]
    repeated_message = ISSUED_ALREADY

    def has_permission(self, obj: Member) -> bool:
        return permissions.could_issue_slip(reader(self.request), obj)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue the slip and show the sheet."""
        member = self.get_permitted_object()
        return sheet_for(request, [member], back=member.get_absolute_url())


class SlipList(SlipsPage):
    """Print slips for chosen members who have no account yet."""

    template_name = "members/slip_list.html"
    extra_context = {"title": _("Sign-in slips for members")}
    filter: SlipFilter

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_eligible(self) -> QuerySet[Member]:
        return permissions.members_to_issue_slips(reader(self.request))

    def get_queryset(self) -> QuerySet[Member]:
        rows = Member.objects.managed_by(self.request.user).current().filter(user=None)
        organizations = rows.exclude(organization=None, community=None)
        ordered = organizations.select_related("organization", "community").order_by(
            "sort_key", "pk"
        )
        self.filter = SlipFilter(
            self.request.GET, queryset=ordered, request=self.request
        )
        members: QuerySet[Member] = self.filter.qs
        return members

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(filter=self.filter, **kwargs)

    def print_slips(self, chosen: Sequence[Any]) -> HttpResponse:
        return sheet_for(self.request, chosen, back=reverse("members:slips"))
