"""The log formatter: tracebacks with long numbers masked."""

import logging
import re

LONG_NUMBER = re.compile(r"\d{6,}[\dXx]?")


class MaskingFormatter(logging.Formatter):
    """Masks runs of digits in log lines.

    The text of an error may quote what somebody typed, and a log is read by people who
    keep no records of members.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the text with its traceback, long numbers masked."""
        return LONG_NUMBER.sub("******", super().format(record))
