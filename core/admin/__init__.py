"""The browser admin over deeds: rows scoped, writes through actions, one trail."""

from core.admin.deeds import DeedAdmin, LookAdmin
from core.admin.filters import WordsFilter
from core.admin.forms import DatedReasonForm, DeedForm
from core.admin.scoping import KeySelect, ScopedAdmin

__all__ = [
    "DatedReasonForm",
    "DeedAdmin",
    "DeedForm",
    "KeySelect",
    "LookAdmin",
    "ScopedAdmin",
    "WordsFilter",
]
