"""The way to membership and decisions on probations in the admin: read only."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin, Section
from members.admin.history import MemberHistoryAdmin
from members.models import Development, ProbationDecision


@admin.register(Development)
class DevelopmentAdmin(ReadOnlyAdmin):
    """People on the way to membership; the steps are recorded on their pages."""

    section = Section.PEOPLE
    list_display = ["name", "organization", "state", "applied_on", "closed_on"]
    list_filter = ["state", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["name", "sound"]
    fields = (
        "name",
        "organization",
        "state",
        "applied_on",
        "activist_on",
        "candidate_on",
        "closed_on",
        "reason",
        "member",
    )


@admin.register(ProbationDecision)
class ProbationDecisionAdmin(MemberHistoryAdmin):
    """Decisions on probations."""

    list_display = ["member", "outcome", "decided_on", "approved_on", "number"]
    list_filter = ["outcome", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "organization"]
    fields = (
        "member",
        "organization",
        "outcome",
        "decided_on",
        "voters",
        "in_favour",
        "approved_on",
        "number",
        "months",
        "due_on",
        "full_on",
    )
