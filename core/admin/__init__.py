"""The browser admin: rows limited by scope, writes through actions."""

from core.admin.action_backed import ActionBackedAdmin, ReadOnlyAdmin
from core.admin.filters import LabelFilter
from core.admin.forms import ActionBackedForm, DatedReasonForm, typed_into
from core.admin.scoping import KeySelect, ScopedAdmin

__all__ = [
    "ActionBackedAdmin",
    "ActionBackedForm",
    "DatedReasonForm",
    "KeySelect",
    "LabelFilter",
    "ReadOnlyAdmin",
    "ScopedAdmin",
    "typed_into",
]
