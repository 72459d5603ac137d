"""Limits what the admin shows and offers to the reader's scope."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.actors import scope_of
from core.admin.grouping import FieldGroup, group_fields
from core.admin.listing import ChangelistPage, criteria_of, table_of
from core.admin.sections import Section
from core.dates import format_month
from core.db.ordering import end_order_in_key
from core.names import search_spellings
from core.web.components import parse_key
from core.web.exports import without_export
from core.web.forms import PersonChoiceField

# The lookups of stock filters. Any other one in the address, such as `__startswith`,
# would read masked columns letter by letter.
FILTER_SUFFIXES = ("", "__exact", "__id__exact", "__isnull", "__gte", "__lt")
CALENDAR_SUFFIXES = ("__year", "__month", "__day", "__gte", "__lt")


class KeySelect(AutocompleteSelect):
    """A choice of one row by its key that ignores values which cannot be keys.

    The stock widget would query for such a value when the form is shown again.
    """

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        keys = [v for v in value if not v or parse_key(str(v))]
        return super().optgroups(name, keys, attrs)


class ScopedAdmin(admin.ModelAdmin):
    """An admin limited to the rows the reader may see by the queryset's roles."""

    section = Section.RECORDS
    groups: ClassVar[tuple[FieldGroup, ...]] = ()
    actions = None
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = self.model._default_manager.visible_to(request.user)
        order = self.get_ordering(request) or self.opts.ordering or ()
        return end_order_in_key(rows.order_by(*order))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Search for every spelling under which a name may be stored."""
        search = super().get_search_results
        rows, repeats = search(request, queryset, search_term)
        for spelling in search_spellings(search_term):
            if spelling != search_term:
                more, more_repeats = search(request, queryset, spelling)
                rows, repeats = rows | more, repeats or more_repeats
        return rows, repeats

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Group the fields of long forms under headings."""
        stock = super().get_fieldsets(request, obj)
        if not self.groups:
            return stock
        names = [str(name) for _heading, set_ in stock for name in set_["fields"]]
        return group_fields(names, self.groups)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Head the list by what it holds, not by what could be done with it."""
        title = capfirst(str(self.opts.verbose_name_plural))
        request.GET = without_export(request.GET)  # type: ignore[assignment]
        response = super().changelist_view(
            request, {"title": title, **(extra_context or {})}
        )
        context = getattr(response, "context_data", None) or {}
        if (changelist := context.get("cl")) is not None:
            context["table"] = table_of(changelist)
            context["criteria"] = criteria_of(changelist)
        return response

    def get_urls(self) -> Any:
        """Mark the list's address: it leaves as a file, too."""
        urls = super().get_urls()
        for url in urls:
            if (url.name or "").endswith("_changelist"):
                callback: Any = url.callback
                callback.view_class = ChangelistPage
        return urls

    def may_manage(self, request: HttpRequest, obj: models.Model) -> bool:
        """Whether the reader may change the row."""
        rows = self.model._default_manager.managed_by(request.user)
        return bool(rows.filter(pk=obj.pk).exists())

    def is_open_to(self, request: HttpRequest) -> bool:
        """Whether the reader may open the list without a role the queryset names."""
        return False

    @admin.display(description=_("month"), ordering="month")
    def in_month(self, obj: Any) -> str:
        """Return the row's month as pages write it, without a day."""
        return format_month(obj.month)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        roles = self._roles("seen_with") | self._roles("managed_with")
        return bool(getattr(request.user, "is_staff", False)) and (
            scope_of(request.user).has_role(roles) or self.is_open_to(request)
        )

    def _roles(self, name: str) -> frozenset[str]:
        """Return the roles that the model's queryset names under the attribute."""
        rows = self.model._default_manager.none()
        roles: frozenset[str] = getattr(rows, name, frozenset())
        return roles

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # records are ended, never deleted

    def may_manage_any(self, request: HttpRequest) -> bool:
        """Whether the reader holds any role that may change rows of this model."""
        return scope_of(request.user).has_role(self._roles("managed_with"))

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Allow only the named filters: any other lookup would reveal hidden values."""
        allowed = {
            f"{name}{suffix}"
            for name in self._filter_names()
            for suffix in FILTER_SUFFIXES
        }
        if self.date_hierarchy:
            allowed |= {f"{self.date_hierarchy}{s}" for s in CALENDAR_SUFFIXES}
        return lookup in allowed

    def _filter_names(self) -> list[str]:
        named = (f[0] if isinstance(f, (list, tuple)) else f for f in self.list_filter)
        return [name for name in named if isinstance(name, str)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Ignore the query string: a new record's form is not filled from it."""
        return {}

    def formfield_for_dbfield(
        self, db_field: models.Field, request: Any, **kwargs: Any
    ) -> Any:
        """Leave out the buttons that open related records in a popup."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs:
            kwargs["queryset"] = self.get_offered_rows(db_field.name, manager, request)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        kwargs.setdefault("form_class", PersonChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_offered_rows(self, name: str, manager: Any, request: HttpRequest) -> Any:
        """Return the rows a foreign key offers: by default those to be managed."""
        return manager.managed_by(request.user)
