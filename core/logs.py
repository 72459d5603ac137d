"""What the log keeps of a mistake: the way there, and nobody's number."""

import logging
import re

LONG_NUMBER = re.compile(r"\d{6,}[\dXx]?")


class Discreet(logging.Formatter):
    """Lines of the log in which runs of digits are masked.

    The text of an error may quote what somebody typed, and a log is read by people who
    keep no records of members.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole text with its traceback, long numbers masked."""
        return LONG_NUMBER.sub("******", super().format(record))
