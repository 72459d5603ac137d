"""Members in the admin."""

import copy
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.admin import (
    ActionBackedAdmin,
    ActionBackedForm,
    FieldGroup,
    KeySelect,
    Section,
)
from core.dates import format_month
from core.identity import identity_columns, mask_phone
from core.months import today
from core.web.forms import CONFIRMED
from core.web.required_marks import RequiredWhen
from members import actions
from members.enums import GUESTS, PRECISION_OF
from members.fields import (
    KEEP_NUMBER,
    IdentityNumberField,
    PhoneField,
    new_member_community_field,
    new_member_organization_field,
    start_reason_field,
)
from members.forms import PARTICULARS, CodedFieldsForm, EndForm, NewMemberFields
from members.models import Member
from organizations.models import Organization

SHOWN_DATES = {"join_date": "joined", "full_member_date": "full_since"}
COLUMN_OF_FIELD = {"home": "organization", "residence": "community"}


class MemberChangeForm(ActionBackedForm, CodedFieldsForm):
    """Corrections; empty number fields leave the recorded numbers unchanged."""

    number_field = "new_id_number"

    new_id_number = IdentityNumberField(
        label=_("New identity number"), required=False, help_text=KEEP_NUMBER
    )
    new_phone = PhoneField(
        label=_("New mobile phone"), required=False, help_text=KEEP_NUMBER
    )

    def changed_values(self) -> dict[str, Any]:
        """Return the changed values, each date with its precision."""
        values = super().changed_values()
        names = [PRECISION_OF[name] for name in values if name in PRECISION_OF]
        return {**values, **{name: self.cleaned_data[name] for name in names}}


class MemberAddForm(NewMemberFields, MemberChangeForm):
    """A new member: birth date and sex follow from the identity number."""

    required_when: ClassVar[Mapping[str, RequiredWhen]] = {
        **NewMemberFields.required_when,
        "home": RequiredWhen("category", GUESTS, unless=True),
        "residence": RequiredWhen("category", GUESTS, blank="home"),
    }

    phone_field = "new_phone"

    new_id_number = IdentityNumberField(label=_("Identity number"))
    new_phone = PhoneField(label=_("Mobile phone"), required=False)
    home = new_member_organization_field()
    residence = new_member_community_field()
    starts_on = forms.DateField(
        label=_("Belongs there or checks in since"),
        widget=AdminDateWidget,
        initial=today,
    )
    reason = start_reason_field()


@admin.register(Member)
class MemberAdmin(ActionBackedAdmin):
    """Members: entered, corrected, ended; found by name or pinyin, never by number."""

    section = Section.PEOPLE
    add_action = actions.admit_member
    change_action = actions.change_member
    end_action = actions.end_membership
    end_form = EndForm
    end_label = _("End the membership here …")
    add_form = MemberAddForm
    form = MemberChangeForm
    list_display = ["name", "sex", "born", "organization", "standing", "category"]
    list_filter = [
        "standing",
        "category",
        ("organization", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["organization"]
    ordering = ["sort_key", "pk"]
    sortable_by = ["name", "organization"]
    search_fields = ["name", "sound"]
    autocomplete_fields = ["employer"]
    add_fields = (
        "name",
        "new_id_number",
        "new_phone",
        "home",
        "residence",
        "starts_on",
        "reason",
        "approved_on",
        *PARTICULARS,
        CONFIRMED,
    )
    fields = (
        "name",
        "new_id_number",
        "shown_phone",
        "new_phone",
        *PARTICULARS,
        "organization",
        "community",
        CONFIRMED,
    )
    readonly_fields = ("shown_phone", "organization", "community")
    groups = (
        FieldGroup(
            _("Person"),
            (
                *("name", "new_id_number", "shown_phone", "new_phone"),
                *("ethnicity", "education"),
            ),
        ),
        FieldGroup(
            _("Membership"),
            (
                *("standing", "category", "home", "residence", "starts_on", "reason"),
                *("organization", "community", "join_date", "joined"),
                *("full_member_date", "full_since", "approved_on", CONFIRMED),
            ),
        ),
        FieldGroup(
            _("Work, address and remarks"),
            ("employer", "landline", "address", "basis", "remark"),
            folded=True,
        ),
    )

    @admin.display(description=_("Born"))
    def born(self, obj: Member) -> str:
        """Return the month of birth, which is all that lists show."""
        return format_month(obj.birth_date)

    @admin.display(description=_("Mobile phone"))
    def shown_phone(self, obj: Member) -> str:
        """Return the phone, masked."""
        return mask_phone(obj.phone) if obj.phone else "—"

    def get_fields(self, request: HttpRequest, obj: Member | None = None) -> Any:
        """Show readers the dates in their precision; record keepers have fields."""
        fields = super().get_fields(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fields
        return [SHOWN_DATES.get(name, name) for name in fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *SHOWN_DATES.values())

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Record who viewed a member's record."""
        if object_id is not None and request.method == "GET":
            user = reader(request)
            actions.record_look(self.get_permitted_object(request, object_id), by=user)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Record who viewed a member's history: it holds former particulars."""
        member = self.get_permitted_object(request, object_id)
        actions.record_look(member, by=reader(request))
        return super().history_view(request, object_id, extra_context)

    def get_end_form(self, row: Any, data: Any) -> Any:
        return EndForm(data, member=row)

    def may_end(self, request: HttpRequest, obj: Any) -> bool:
        return obj.organization_id is not None and self.may_manage(request, obj)

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002 -- Django's
        **kwargs: Any,
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.known_members = Member.objects.visible_to(request.user)
        for name, column in COLUMN_OF_FIELD.items():
            if name in form.base_fields:
                form.base_fields[name] = self._organization_field(
                    form.base_fields[name], column, request
                )
        return form

    def _organization_field(self, field: Any, column: str, request: HttpRequest) -> Any:
        """Return a copy of the field that offers the organizations of the column."""
        copied = copy.copy(field)
        rows = self.get_offered_rows(column, Organization.objects, request)
        copied.queryset = rows
        copied.widget = KeySelect(Member._meta.get_field(column), self.admin_site)
        copied.widget.choices = copied.choices
        if column == "community" and len(only := list(rows[:2])) == 1:
            copied.initial = only[0]
        return copied

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        rows = super().get_offered_rows(name, manager, request)
        if name == "community":
            return rows.open().communities()
        return rows.open().holding_members() if name == "organization" else rows

    def for_add(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        rest = {**values}
        home, residence = rest.pop("home"), rest.pop("residence")
        organizations = {"organization": home, "community": None if home else residence}
        return super().for_add(request, {**_with_number_columns(rest), **organizations})

    def for_change(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        return super().for_change(request, _with_number_columns(values))


def _with_number_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Move new numbers to their columns, and add the columns derived from them."""
    rest = {**values}
    phone, number = rest.pop("new_phone", ""), rest.pop("new_id_number", "")
    if phone:
        rest["phone"] = phone
    if number:
        rest |= identity_columns(number)
    return rest
