"""Groups the fields of a long form under headings; the rarely used are folded away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, by name, in the order of the form."""

    heading: "StrOrPromise"
    fields: tuple[str, ...]
    folded: bool = False


def group_fields(names: Iterable[str], groups: Sequence[FieldGroup]) -> list[Any]:
    """Return the fields of a form as Django's fieldsets.

    Fields that no group names come first, without a heading. A folded group opens by
    itself where one of its fields has an error.
    """
    left = list(names)
    fieldsets: list[Any] = []
    for group in groups:
        held = [name for name in group.fields if name in left]
        left = [name for name in left if name not in held]
        classes = ["collapse"] if group.folded else []
        if held:
            fieldsets.append((group.heading, {"fields": held, "classes": classes}))
    return [(None, {"fields": left}), *fieldsets] if left else fieldsets
