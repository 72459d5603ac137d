"""Co-building in the browser admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cobuilding.actions import change_agreement, draft_agreement, end_agreement
from cobuilding.enums import AgreementState
from cobuilding.models import Agreement, Target, TargetProgress
from core.admin import ActionBackedAdmin, ReadOnlyAdmin, Section

BY_ORGANIZATION = ("organization", admin.RelatedOnlyFieldListFilter)


@admin.register(Agreement)
class AgreementAdmin(ActionBackedAdmin):
    """Agreements of the street's communities; each side signs on its own page."""

    section = Section.COOPERATION
    add_action = draft_agreement
    change_action = change_agreement
    end_action = end_agreement
    end_label = _("End the agreement …")
    list_display = ["title", "unit", "organization", "starts_on", "ends_on", "state"]
    list_filter = ["state", BY_ORGANIZATION]
    list_select_related = ["organization", "unit"]
    search_fields = ["title", "unit__name"]
    autocomplete_fields = ["organization", "unit"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["organization", "unit"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        changes = obj is None or obj.is_draft
        return changes and super().has_change_permission(request, obj)

    def may_end(self, request: HttpRequest, obj: Agreement) -> bool:
        over = obj.state == AgreementState.ENDED
        return not over and self.may_manage(request, obj)


@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    """Targets, read-only; they are added and removed on their agreement's page."""

    section = Section.COOPERATION
    list_display = ["agreement", "project", "indicator", "goal", "due_on", "owner_name"]
    list_filter = [("agreement__organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "project"]
    search_fields = ["agreement__title", "project__name"]


@admin.register(TargetProgress)
class TargetProgressAdmin(ReadOnlyAdmin):
    """Measured progress, read-only."""

    list_display = [
        "target",
        "in_month",
        "month_value",
        "value",
        "expected",
        "verdict",
    ]
    list_filter = ["on_course"]
    list_select_related = ["target__project"]
    date_hierarchy = "month"

    @admin.display(description=_("on course"), boolean=True)
    def verdict(self, obj: TargetProgress) -> bool | None:
        """Whether the target was on course; unknown where it was not due yet."""
        return obj.on_course if obj.is_due else None
