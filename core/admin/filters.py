"""List filters that show the codes of a column by their labels."""

from typing import Any

from django.contrib import admin


class LabelFilter(admin.AllValuesFieldListFilter):
    """Offers the codes in a column by their labels."""

    def label_for(self, code: str) -> str:
        """Return the label of a code; other choices are labels already."""
        raise NotImplementedError

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": self.label_for(str(choice["display"]))}
