"""Meetings, projects and elections in the browser admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from communities.actions import (
    change_project,
    end_project,
    start_project,
    void_meeting,
)
from communities.models import (
    Attendance,
    Ballot,
    BallotVotes,
    Candidate,
    Election,
    Meeting,
    Project,
)
from core.admin import ActionBackedAdmin, ReadOnlyAdmin, Section
from core.months import today


@admin.register(Meeting)
class MeetingAdmin(ActionBackedAdmin):
    """Read-only meetings that can be voided; minutes are written on the site."""

    section = Section.ACTIVITIES
    end_action = void_meeting
    end_label = _("Void …")
    list_display = [
        "topic",
        "kind",
        "organization",
        "held_on",
        "in_month",
    ]
    list_filter = ["kind", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["topic"]
    date_hierarchy = "held_on"

    def may_end(self, request: HttpRequest, obj: Any) -> bool:
        return obj.voided_at is None and self.may_manage(request, obj)


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    """Read-only attendance."""

    list_display = ["meeting", "member", "presence", "votes", "reason"]
    list_filter = ["presence", "reason"]
    list_select_related = ["meeting", "member"]
    search_fields = ["meeting__topic"]


@admin.register(Project)
class ProjectAdmin(ActionBackedAdmin):
    """Projects of the street's communities."""

    section = Section.COOPERATION
    add_action = start_project
    change_action = change_project
    end_action = end_project
    end_label = _("End the project …")
    list_display = ["name", "tag", "organization", "unit", "starts_on", "ends_on"]
    list_filter = ["tag", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization", "unit"]
    search_fields = ["name"]
    autocomplete_fields = ["organization", "unit"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["organization"] if obj else []

    def may_end(self, request: HttpRequest, obj: Project) -> bool:
        over = obj.ends_on is not None and obj.ends_on <= today()
        return not over and self.may_manage(request, obj)


@admin.register(Election)
class ElectionAdmin(ReadOnlyAdmin):
    """Read-only elections; they are called, counted and approved on the site."""

    section = Section.ORGANIZATIONS
    list_display = ["body", "held_on", "approved_by", "approved_on", "voided_at"]
    list_select_related = ["body"]
    search_fields = ["body__name"]
    date_hierarchy = "held_on"


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    """Read-only candidates."""

    list_display = ["name", "kind", "election", "is_written_in", "withdrawn_on"]
    list_select_related = ["kind", "member", "non_member", "election__body"]
    search_fields = ["member__name", "non_member__name"]


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    """Read-only counts; they are corrected and voided on the site."""

    list_display = ["election", "kind", "held_on", "voters", "present", "voided_at"]
    list_filter = ["kind"]
    list_select_related = ["election__body"]
    search_fields = ["election__body__name"]


@admin.register(BallotVotes)
class BallotVotesAdmin(ReadOnlyAdmin):
    """Read-only votes of each person."""

    list_display = [
        "candidate",
        "ballot",
        "votes_for",
        "votes_against",
        "abstentions",
        "is_elected",
    ]
    list_select_related = [
        "candidate__member",
        "candidate__non_member",
        "ballot__election__body",
    ]
    search_fields = ["candidate__member__name", "candidate__non_member__name"]
