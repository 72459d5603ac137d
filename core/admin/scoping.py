"""What the admin shows and offers: nothing beyond the reader's own reach."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.actors import scope_of
from core.web.components import key_in

# What stock filters append to the name of their field. Anything else in the address
# bar, such as `__startswith`, would read masked columns letter by letter.
FILTER_SUFFIXES = ("", "__exact", "__id__exact", "__isnull", "__gte", "__lt")
CALENDAR_SUFFIXES = ("__year", "__month", "__day", "__gte", "__lt")


class KeySelect(AutocompleteSelect):
    """A choice of one row by its key; what cannot be a key is chosen by nobody.

    The stock widget looks such a thing up when the refused form is shown again.
    """

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        keys = [v for v in value if not v or key_in(str(v))]
        return super().optgroups(name, keys, attrs)


class ScopedAdmin(admin.ModelAdmin):
    """Rows the reader may see, under the duties that the queryset names."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = self.model._default_manager.visible_to(request.user)
        return rows.order_by(*(self.get_ordering(request) or self.opts.ordering or ()))

    def managed(self, request: HttpRequest, obj: models.Model) -> bool:
        """Whether the reader may change the row."""
        rows = self.model._default_manager.managed_by(request.user)
        return bool(rows.filter(pk=obj.pk).exists())

    def opens_to(self, request: HttpRequest) -> bool:
        """Whether the list opens to somebody beside those the queryset names."""
        return False

    @admin.display(description=_("month"), ordering="month")
    def in_month(self, obj: Any) -> str:
        """Return the row's month as pages write it, without the day it begins on."""
        return f"{obj.month:%Y-%m}"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        codes = self._codes("seen_with") | self._codes("managed_with")
        return bool(getattr(request.user, "is_staff", False)) and (
            scope_of(request.user).holds(codes) or self.opens_to(request)
        )

    def _codes(self, name: str) -> frozenset[str]:
        """Return the duties that the model's queryset names for seeing or keeping."""
        rows = self.model._default_manager.none()
        codes: frozenset[str] = getattr(rows, name, frozenset())
        return codes

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # records are ended, never deleted

    def keeps(self, request: HttpRequest) -> bool:
        """Whether the reader holds a duty that changes rows of this kind at all."""
        return scope_of(request.user).holds(self._codes("managed_with"))

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Only the named filters narrow a list: any other lookup would be an oracle."""
        allowed = {
            f"{name}{suffix}"
            for name in self._filtered_columns()
            for suffix in FILTER_SUFFIXES
        }
        if self.date_hierarchy:
            allowed |= {f"{self.date_hierarchy}{s}" for s in CALENDAR_SUFFIXES}
        return lookup in allowed

    def _filtered_columns(self) -> list[str]:
        named = (f[0] if isinstance(f, (list, tuple)) else f for f in self.list_filter)
        return [name for name in named if isinstance(name, str)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill a new record's form from no address: what stands there is nobody's."""
        return {}

    def formfield_for_dbfield(
        self, db_field: models.Field, request: Any, **kwargs: Any
    ) -> Any:
        """Leave out the buttons that open a second record in a window of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs:
            kwargs["queryset"] = self.offered(db_field.name, manager, request)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def offered(self, name: str, manager: Any, request: HttpRequest) -> Any:
        """Return what a foreign key offers: what the reader may change, if not said."""
        return manager.managed_by(request.user)
