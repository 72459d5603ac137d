"""The browser admin: rows limited by scope, writes through actions."""

from core.admin.action_backed import ActionBackedAdmin, ReadOnlyAdmin
from core.admin.filters import LabelFilter
from core.admin.forms import ActionBackedForm, DatedReasonForm, typed_into
from core.admin.grouping import FieldGroup
from core.admin.scoping import KeySelect, ScopedAdmin
from core.admin.sections import Section

__all__ = [
    "ActionBackedAdmin",
    "ActionBackedForm",
    "DatedReasonForm",
    "FieldGroup",
    "KeySelect",
    "LabelFilter",
    "ReadOnlyAdmin",
    "ScopedAdmin",
    "Section",
    "typed_into",
]
