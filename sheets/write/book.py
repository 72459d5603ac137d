"""Open a workbook to be written; its library is loaded by the first one alone.

Processes that only read sheets are bounded in memory, and stay smaller without it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def open_book(target: BinaryIO, options: Mapping[str, Any]) -> "Workbook":
    """Return a workbook that is written to the target when it is closed."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- some twelve megabytes

    return Workbook(target, dict(options))
