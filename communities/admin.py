"""Meetings in the browser admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from communities.actions import withdraw_meeting
from communities.models import Attendance, Meeting
from core.admin import DeedAdmin, LookAdmin


@admin.register(Meeting)
class MeetingAdmin(DeedAdmin):
    """Meetings to look at and to withdraw; minutes are kept on their own pages."""

    end_deed = withdraw_meeting
    end_label = _("Withdraw the meeting …")
    list_display = [
        "topic",
        "kind",
        "organization",
        "held_on",
        "in_month",
        "withdrawn_on",
    ]
    list_filter = ["kind", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["topic"]
    date_hierarchy = "held_on"

    def may_end(self, request: HttpRequest, obj: Any) -> bool:
        return obj.withdrawn_on is None and self.managed(request, obj)


@admin.register(Attendance)
class AttendanceAdmin(LookAdmin):
    """Who attended, to look at."""

    list_display = ["meeting", "member", "presence", "votes", "reason"]
    list_filter = ["presence", "reason"]
    list_select_related = ["meeting", "member"]
    search_fields = ["meeting__topic"]
