"""Lists of every app as files: opened like their page, written, handed out."""

from exchange.exports.answer import MAX_IMMEDIATE_ROWS, answer_export
from exchange.exports.jobs import may_have_list, write_list_file
from exchange.exports.offered import closed_lists, saved_by
from exchange.exports.opened_list import (
    OpenedList,
    may_open_list,
    open_list,
    opened_from,
)

__all__ = [
    "MAX_IMMEDIATE_ROWS",
    "OpenedList",
    "answer_export",
    "closed_lists",
    "may_have_list",
    "may_open_list",
    "open_list",
    "opened_from",
    "saved_by",
    "write_list_file",
]
