"""The browser admin over deeds: rows scoped, writes through actions, one trail."""

from core.admin.action_backed import ActionBackedAdmin, LookAdmin
from core.admin.filters import WordsFilter
from core.admin.forms import ActionBackedForm, DatedReasonForm
from core.admin.scoping import KeySelect, ScopedAdmin

__all__ = [
    "ActionBackedAdmin",
    "ActionBackedForm",
    "DatedReasonForm",
    "KeySelect",
    "LookAdmin",
    "ScopedAdmin",
    "WordsFilter",
]
