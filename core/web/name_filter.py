"""A filter by name, in any spelling."""

from typing import Any

import django_filters

from core.names import name_contains


class NameFilter(django_filters.CharFilter):
    """Rows whose name contains the text, cleaned as names are when entered."""

    def filter(self, qs: Any, value: str) -> Any:
        if not value or not value.strip():
            return qs
        return qs.filter(name_contains(value, self.field_name))
