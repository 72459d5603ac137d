"""Filters beside a list that say in words what stands in a column as a code."""

from typing import Any

from django.contrib import admin


class WordsFilter(admin.AllValuesFieldListFilter):
    """Offers the codes that stand in a column, in the reader's words."""

    def named(self, code: str) -> str:
        """Return what readers call a code; other choices are words already."""
        raise NotImplementedError

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": self.named(str(choice["display"]))}
