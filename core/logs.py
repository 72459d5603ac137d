"""The log: long numbers are masked, and one failure does not fill it."""

import logging
import re
import time

LONG_NUMBER = re.compile(r"\d{6,}[\dXx]?")


class MaskingFormatter(logging.Formatter):
    """Masks runs of digits in log lines.

    The text of an error may quote what somebody typed, and a log is read by people who
    keep no records of members.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the text with its traceback, long numbers masked."""
        return LONG_NUMBER.sub("******", super().format(record))


class RepeatedLinesFilter(logging.Filter):
    """Lets one line of a logger pass in so many seconds, without its traceback.

    What fails again every two seconds would bury everything else that the log says.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.passed: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Pass lines below a warning, and the first of a kind in each period."""
        if record.levelno < logging.WARNING:
            return True
        kind, now = f"{record.name} {record.msg}", time.monotonic()
        if now - self.passed.get(kind, -self.seconds) < self.seconds:
            return False
        self.passed[kind] = now
        record.exc_info = record.exc_text = None
        return True
