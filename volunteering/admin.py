"""Posts and shifts in the browser admin; claims and hours read-only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import ActionBackedAdmin, FieldGroup, ReadOnlyAdmin, Section
from volunteering import actions
from volunteering.forms import PostAdminForm, ShiftAdminForm
from volunteering.models import Claim, Post, ServiceRecord, Shift

RELATED = admin.RelatedOnlyFieldListFilter


class KeptAdmin(ActionBackedAdmin):
    """Rows that are public elsewhere; here only those the user manages."""

    def get_queryset(self, request: HttpRequest) -> Any:
        managed = self.model._default_manager.managed_by(request.user)
        return super().get_queryset(request).filter(pk__in=managed.values("pk"))


@admin.register(Post)
class PostAdmin(KeptAdmin):
    """Posts of the street's communities."""

    section = Section.ACTIVITIES
    form = PostAdminForm
    add_action = actions.offer_post
    change_action = actions.change_post
    end_action = actions.close_post
    end_label = _("Close the post")
    list_display = ["title", "organization", "state", "opened_on", "closed_on"]
    list_filter = ["state", ("organization", RELATED)]
    list_select_related = ["organization"]
    search_fields = ["title"]
    groups = (
        FieldGroup(_("Post"), ("organization", "title", "category", "description")),
        FieldGroup(_("Whom to call"), ("contact_name", "contact_phone")),
        FieldGroup(
            _("Project, date and skills"),
            ("project", "needed_by", "skills"),
            folded=True,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["organization"] if obj is not None else []

    def may_end(self, request: HttpRequest, obj: Any) -> bool:
        return obj.closed_on is None and super().may_end(request, obj)

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        rows = super().get_offered_rows(name, manager, request)
        return rows.open().communities() if name == "organization" else rows.running()


@admin.register(Shift)
class ShiftAdmin(KeptAdmin):
    """Times at which posts are to be filled."""

    section = Section.ACTIVITIES
    form = ShiftAdminForm
    add_action = actions.add_shift
    change_action = actions.change_shift
    fields = [
        *("post", "starts_at", "ends_at", "meeting_point", "capacity", "confirmed")
    ]
    list_display = ["post", "starts_at", "meeting_point", "capacity", "claimed"]
    list_filter = [("post__organization", RELATED)]
    list_select_related = ["post"]
    search_fields = ["post__title", "meeting_point"]
    autocomplete_fields = ["post"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["post"] if obj is not None else []


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    """Claims; members claim and withdraw on their own pages."""

    list_display = ["member", "shift", "state", "claimed_at"]
    list_filter = ["state", ("shift__post__organization", RELATED)]
    list_select_related = ["member", "shift__post"]


@admin.register(ServiceRecord)
class ServiceRecordAdmin(ReadOnlyAdmin):
    """Hours with who recorded and who confirmed them."""

    list_display = ["member", "community", "served_on", "hours", "state"]
    list_filter = ["state", ("community", RELATED)]
    list_select_related = ["member", "community"]
