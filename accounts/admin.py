"""Accounts, role assignments and the audit log in the admin."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.forms import UsernameForm
from accounts.http import reader
from accounts.log_rows import LogReader, describe_changes, name_with_key
from accounts.models import AccessEntry, AuditEntry, RoleAssignment, Seal, User
from accounts.permissions import can_issue_slip
from accounts.slips import (
    IssuedSlips,
    issues_slips,
    print_slips_once,
    warn_of_missing_slip,
)
from core.actors import scope_of
from core.admin import (
    ActionBackedAdmin,
    DatedReasonForm,
    LabelFilter,
    ReadOnlyAdmin,
    Section,
    typed_into,
)
from core.audit.presentation import (
    action_label,
    actor_label,
    channel_label,
    subject_label,
)
from core.web.forms import new_key
from organizations.roles import INSTALLATION, Role

admin.site.unregister(Group)  # rights come from roles; Django groups grant nothing


@admin.register(User)
class UserAdmin(ActionBackedAdmin):
    """Office accounts: created and closed here, opened by slip, never by password."""

    section = Section.ACCOUNTS
    add_action = actions.create_account
    change_action = actions.change_account
    change_form_template = "admin/accounts/user/change_form.html"
    list_display = ["username", "display_name", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["username", "display_name"]
    add_fields = ("username", "display_name", "email")
    fields = ("username", "display_name", "email", "is_active", "last_login")
    readonly_fields = ("last_login",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("username",) if obj is not None else ()
        return (*fixed, *super().get_readonly_fields(request, obj))

    def get_urls(self) -> Any:
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"accounts_user_{name}",
            )
            for name, view in (
                ("slip", self.slip_view),
                ("username", self.username_view),
            )
        ]
        return [*own, *super().get_urls()]

    def username_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the right username and the reason, then correct it."""
        account = self.get_permitted_object(request, object_id)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        form = UsernameForm(typed_into(request), initial={"username": account.username})

        def run() -> str:
            actions.correct_username(
                account, by=reader(request), **form.action_values()
            )
            return reverse("admin:accounts_user_change", args=[account.pk])

        return self.run_form(request, form, run) or self._page(
            request,
            "admin/accounts/user/username.html",
            account,
            title=_("Correct the username"),
            form=form,
        )

    @issues_slips
    def slip_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Print a sign-in slip for the account; its code is shown only once."""
        user, account = reader(request), self.get_permitted_object(request, object_id)
        if request.method != "POST" or not can_issue_slip(user, account):
            raise PermissionDenied
        back = reverse("admin:accounts_user_change", args=[account.pk])

        def issue() -> IssuedSlips:
            return [actions.issue_slip(account, by=user)]

        return print_slips_once(request, issue, back_url=back)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the slip button to those who may print the slip."""
        account = (
            self.get_permitted_object(request, object_id)
            if object_id is not None
            else None
        )
        user = reader(request)
        may_print = account is not None and can_issue_slip(user, account)
        slip = {
            "may_print_slip": may_print,
            "slip_key": new_key(),
            "may_rename": account is not None
            and self.has_change_permission(request, account),
        }
        extra = {**(extra_context or {}), **slip}
        return super().changeform_view(request, object_id, form_url, extra)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ActionBackedAdmin):
    """Role assignments: person, role, scope and period."""

    section = Section.ACCOUNTS
    add_action = actions.assign_role
    end_action = actions.end_role_assignment
    end_form = DatedReasonForm
    end_label = _("End the role …")
    list_display = ["user", "role", "organization", "unit", "starts_on", "ends_on"]
    list_filter = ["role", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "organization", "unit"]
    search_fields = ["user__username", "user__display_name"]
    autocomplete_fields = ["user", "organization", "unit"]
    add_fields = ("user", "role", "organization", "unit", "starts_on")
    fields = (*add_fields, "ends_on", "delegated_by")

    def is_open_to(self, request: HttpRequest) -> bool:
        return scope_of(request.user).has_role(INSTALLATION)

    def may_manage_any(self, request: HttpRequest) -> bool:
        assigns = scope_of(request.user).has_role({Role.SECURITY_ADMIN})
        return assigns or super().may_manage_any(request)

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        return manager.visible_to(request.user)

    def for_add(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        return super().for_add(request, {**values, "role": Role(values["role"])})

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        """Say that a new administrator's account waits for a slip with consent."""
        warn_of_missing_slip(request, obj)
        return super().response_add(request, obj, *args)


COMPUTED_FIELDS = ("who", "what", "subject_kind", "way")


class KindFilter(LabelFilter):
    """Filter by the kind of record that entries are about."""

    def label_for(self, code: str) -> str:
        return subject_label(code)


class ChannelFilter(LabelFilter):
    """Filter by the channel through which actions came in."""

    def label_for(self, code: str) -> str:
        return channel_label(code)


class LogAdmin(ReadOnlyAdmin):
    """Entries: all for auditors, their street's for staff, administrators' own."""

    list_select_related = ["organization"]
    search_fields = ["actor_name", "action", "request_id"]
    date_hierarchy = "at"
    list_display = ["at", "who", "what", "subject_kind", "organization"]
    list_filter = [("channel", ChannelFilter), ("subject_type", KindFilter)]
    columns = (
        "at",
        "who",
        "way",
        "address",
        "request_id",
        "what",
        "subject_kind",
        "organization",
        "reason",
    )

    def is_open_to(self, request: HttpRequest) -> bool:
        return scope_of(request.user).has_role(INSTALLATION)

    @admin.display(description=_("name then"), ordering="actor_name")
    def who(self, obj: AuditEntry) -> str:
        """Return who did it, under the name they had then; or the system."""
        return actor_label(obj.actor_name)

    @admin.display(description=_("action"), ordering="action")
    def what(self, obj: AuditEntry) -> str:
        """Return the label of the action."""
        return action_label(obj.action)

    @admin.display(description=_("subject"))
    def subject_kind(self, obj: AuditEntry) -> str:
        """Return the kind and key of the record, never the name of a person."""
        return name_with_key(subject_label(obj.subject_type), obj.subject_id)

    @admin.display(description=_("channel"), ordering="channel")
    def way(self, obj: AuditEntry) -> str:
        """Return the label of the channel."""
        return channel_label(obj.channel)


def _sees_subject(entry: AuditEntry, reader: Any) -> bool:
    """Whether the reader may see the record itself, be it voided."""
    model = apps.get_model(entry.subject_type)
    rows = getattr(model, "all_objects", model._default_manager)
    if not hasattr(rows, "visible_to"):
        return False
    return bool(rows.visible_to(reader).filter(pk=entry.subject_id).exists())


@admin.register(AuditEntry)
class AuditEntryAdmin(LogAdmin):
    """The audit log: actions with the values before and after, secrets masked."""

    section = Section.SYSTEM

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Name people only to those who may see the subject."""
        log = LogReader(request.user)
        sees_row = obj is None or _sees_subject(obj, request.user)
        name = ("subject_name",) if sees_row or log.may_read_name(obj) else ()
        sees_values = sees_row or log.may_read_values(obj)
        values = "changes" if sees_values else "masked_changes"
        return (*self.columns, *name, values, "seal_number")

    @admin.display(description=_("before and after"))
    def changes(self, obj: AuditEntry) -> str:
        """Return what the action changed, column by column."""
        lines = describe_changes(obj)
        return render_to_string("admin/_audit_values.html", {"lines": lines})

    @admin.display(description=_("before and after"))
    def masked_changes(self, obj: AuditEntry) -> str:
        """Return what the action changed, with nothing that names a person."""
        lines = describe_changes(obj, hides_people=True)
        return render_to_string("admin/_audit_values.html", {"lines": lines})

    @admin.display(description=_("seal"))
    def seal_number(self, obj: AuditEntry) -> str:
        """Return the number of the entry's seal, or a dash if it is unsealed."""
        line = getattr(obj, "seal_line", None)
        return str(line.seal) if line is not None else "—"

    readonly_fields = (*COMPUTED_FIELDS, "changes", "masked_changes", "seal_number")


@admin.register(AccessEntry)
class AccessEntryAdmin(LogAdmin):
    """The log of views, exports and unmaskings of personal data."""

    section = Section.SYSTEM
    fields = LogAdmin.columns
    readonly_fields = COMPUTED_FIELDS


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    """The chain of seals, to compare with the digests kept elsewhere."""

    section = Section.SYSTEM
    list_display = ["number", "entries", "digest", "sealed_at"]
    ordering = ["-number"]
    fields = ("number", "entries", "previous", "digest", "sealed_at")
