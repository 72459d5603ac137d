"""Lists of every app as files: opened like their page, written, handed out."""

from exchange.exports.answer import MAX_IMMEDIATE_ROWS, answer_export
from exchange.exports.jobs import may_have_list, write_list_file
from exchange.exports.opened_list import OpenedList, open_list, opened_from

__all__ = [
    "MAX_IMMEDIATE_ROWS",
    "OpenedList",
    "answer_export",
    "may_have_list",
    "open_list",
    "opened_from",
    "write_list_file",
]
