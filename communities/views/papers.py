"""Meetings on paper: the minutes to be signed, and the list on which people sign in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import permissions
from communities.views.meetings import MeetingDetail
from communities.views.minutes import ChosenMeetingMixin
from core.months import today
from members.lost_contacts.marks import mark_name, states_on

SPARE_LINES = range(5)
"""Lines for guests, who are not known before the meeting."""


class MeetingPaper(MeetingDetail):
    """The minutes of a meeting, to be signed and filed."""

    template_name = "communities/meeting_paper.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the paper to those who may read the names on it."""
        self.get_permitted_object()
        return super().get(request, *args, **kwargs)

    def has_permission(self, obj: Any) -> bool:
        return permissions.can_read_names(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        back = context["meeting"].get_absolute_url()
        return {**context, "title": _("Minutes of a meeting"), "back_url": back}


class SignInSheet(ChosenMeetingMixin, TemplateView):
    """The people who are called to a meeting, with room for their signatures."""

    template_name = "communities/sign_in_sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.get_permitted_object()
        members = self.members_of(place)
        called = self.called_among(place, members)
        listed = [member for member in members if member.pk in called] or members
        states = states_on((member.pk for member in listed), self.day)
        return super().get_context_data(
            title=_("Sign-in list"),
            organization=place,
            kind_label=self.kind.label,
            held_on=self.day,
            members=listed,
            names=[mark_name(one.name, states.get(one.pk)) for one in listed],
            spare_lines=SPARE_LINES,
            back_url=reverse("communities:record"),
            printed_on=today(),
            **kwargs,
        )
