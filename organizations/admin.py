"""The tree, resident units, months, code lists and rules in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportModelAdmin

from core.actors import scope_of
from core.admin import (
    ActionBackedAdmin,
    DatedReasonForm,
    FieldGroup,
    LabelFilter,
    ReadOnlyAdmin,
    Section,
)
from core.errors import DomainError
from organizations import actions
from organizations.forms import (
    ColumnChoiceForm,
    ConfirmCodeListImportForm,
    NewOrganizationForm,
    OrganizationForm,
    ThresholdForm,
    UnitForm,
)
from organizations.models import (
    CodeItem,
    MonthState,
    Organization,
    Threshold,
    Unit,
    WorkdayOverride,
)
from organizations.queries import code_list_label
from organizations.resources import CodeItemResource, GuardedCsv
from organizations.roles import INSTALLATION


@admin.register(Organization)
class OrganizationAdmin(ActionBackedAdmin):
    """The tree: created, changed and moved from a day on, ended, never deleted."""

    section = Section.ORGANIZATIONS
    add_action = actions.create_organization
    change_action = actions.correct_organization
    end_action = actions.end_organization
    end_form = DatedReasonForm
    end_label = _("End the organization …")
    add_form = NewOrganizationForm
    form = OrganizationForm
    list_display = ["name", "kind", "parent", "code", "ended_on"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "full_name", "code", "aliases__name"]
    autocomplete_fields = ["parent", "guidance_parent"]
    columns = ("code", "name", "full_name", "kind", "parent", "guidance_parent")
    add_fields = (*columns, "starts_on")
    fields = (*columns, "on", "other_names", "local_names", "ended_on")
    readonly_fields = ("local_names", "ended_on")
    groups = (
        FieldGroup(_("Name and place in the tree"), (*columns, "starts_on", "on")),
        FieldGroup(
            _("Other names in sheets"), ("other_names", "local_names"), folded=True
        ),
    )

    def is_open_to(self, request: HttpRequest) -> bool:
        return scope_of(request.user).has_role(INSTALLATION)

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        return super().get_offered_rows(name, manager, request).open()

    @admin.display(description=_("Names used only in some sheets"))
    def local_names(self, obj: Organization) -> str:
        """Return the names that are valid only within some place, with the place."""
        aliases = obj.aliases.exclude(within=None).select_related("within")
        return "、".join(f"{alias.name} ({alias.within})" for alias in aliases) or "—"


@admin.register(Unit)
class UnitAdmin(ActionBackedAdmin):
    """The register of resident units."""

    section = Section.ORGANIZATIONS
    add_action = actions.record_unit
    change_action = actions.change_unit
    end_action = actions.end_unit
    end_form = DatedReasonForm
    end_label = _("Take off the register …")
    form = UnitForm
    list_display = ["name", "host", "credit_code", "ended_on"]
    list_filter = [("host", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["host"]
    search_fields = ["name", "credit_code"]
    autocomplete_fields = ["host"]
    fields = ("name", "credit_code", "sector", "host", "address")

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        return super().get_offered_rows(name, manager, request).open()


@admin.register(MonthState)
class MonthStateAdmin(ReadOnlyAdmin):
    """Which months are closed; they close by the acceptance of a return."""

    list_display = ["organization", "in_month", "status", "closed_at", "closed_by"]
    list_filter = ["status", ("organization", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organization", "closed_by"]
    fields = ("organization", "month", "status", "closed_at", "closed_by")


class CodeListFilter(LabelFilter):
    """Code lists, by their labels."""

    def label_for(self, code: str) -> str:
        return code_list_label(code)


@admin.register(CodeItem)
class CodeItemAdmin(ImportExportModelAdmin, ActionBackedAdmin):
    """Code lists, one by one or as a sheet; figures and forms read them."""

    section = Section.RULES
    add_action = actions.save_code_item
    change_action = actions.change_code_item
    list_display = ["label", "list_name", "code", "parent_code", "position"]
    list_filter = [("code_list", CodeListFilter)]
    search_fields = ["label", "code"]
    columns = ("code_list", "code", "label", "parent_code", "position")
    fields = columns
    resource_classes = [CodeItemResource]
    confirm_form_class = ConfirmCodeListImportForm
    formats = [GuardedCsv]
    export_form_class = ColumnChoiceForm
    skip_admin_log = True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("list_name", "code") if obj is not None else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("list_name", *self.columns[1:]) if obj is not None else self.columns

    @admin.display(description=_("list"), ordering="code_list")
    def list_name(self, obj: CodeItem) -> str:
        """Return the label of the item's list."""
        return code_list_label(obj.code_list)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Enter the sheet that was previewed, once; a refusal leads back to it."""
        stock = super().process_import
        if request.method != "POST":
            return stock(request, **kwargs)

        def show_refusal(refusal: DomainError) -> HttpResponse:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:organizations_codeitem_import"))

        return self.run_view_once(
            request, lambda: stock(request, **kwargs), on_refusal=show_refusal
        )

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(Threshold)
class ThresholdAdmin(ActionBackedAdmin):
    """Numbers of rules; a new one is added from a day on, an old one never changed."""

    section = Section.RULES
    add_action = actions.set_threshold
    form = ThresholdForm
    list_display = ["key", "value", "basis", "starts_on", "ends_on"]
    list_filter = ["key"]
    add_fields = ("key", "value", "basis", "starts_on")
    fields = (*add_fields, "ends_on")


@admin.register(WorkdayOverride)
class WorkdayOverrideAdmin(ActionBackedAdmin):
    """Days on which the office works, or does not, against the common calendar."""

    section = Section.RULES
    add_action = actions.set_workday
    change_action = actions.change_workday
    list_display = ["day", "works", "note"]
    add_fields = ("day", "works", "note")
    fields = add_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("day",) if obj is not None else ()
