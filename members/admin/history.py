"""Where members belonged, checked in and went, in the admin."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from members.models import Affiliation, CheckIn, MobileRecord


class MemberHistoryAdmin(ReadOnlyAdmin):
    """Read-only history of members; the actions are on the members' pages."""

    list_select_related = ["member"]
    search_fields = ["member__name", "member__sound"]


@admin.register(Affiliation)
class AffiliationAdmin(MemberHistoryAdmin):
    """Where members counted, and when."""

    list_display = ["member", "organization", "starts_on", "ends_on"]
    list_filter = [
        "start_reason",
        "end_reason",
        ("organization", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["member", "organization"]
    fields = (
        "member",
        "organization",
        "starts_on",
        "start_month",
        "start_reason",
        "approved_on",
        "ends_on",
        "end_month",
        "end_reason",
    )


@admin.register(CheckIn)
class CheckInAdmin(MemberHistoryAdmin):
    """In-service members checked in with communities."""

    list_display = ["member", "community", "starts_on", "ends_on"]
    list_filter = [("community", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "community"]
    fields = (
        "member",
        "community",
        "starts_on",
        "ends_on",
        "end_reason",
        "available",
        "willing",
        "home_branch",
    )


@admin.register(MobileRecord)
class MobileRecordAdmin(MemberHistoryAdmin):
    """Members away without a transfer."""

    list_display = ["member", "kind", "destination", "starts_on", "ends_on"]
    list_filter = ["kind"]
    fields = ("member", "kind", "destination", "starts_on", "ends_on")
