"""Appointments as calendar programs read them (RFC 5545).

Only what a feed needs: appointments with a time, and days without one. Lines are folded
at 75 octets, never inside a character; text is escaped, so a title cannot add a line.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

CONTENT_TYPE = "text/calendar; charset=utf-8"
MAX_OCTETS = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar: from a time to a time, or a day.

    `key` names it for good, so that a program changes the entry it has.
    """

    key: str
    title: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | None = None
    place: str = ""
    note: str = ""
    url: str = ""


def write_calendar(
    name: str, appointments: Iterable[Appointment], *, base: str, now: dt.datetime
) -> str:
    """Return the calendar as text; its lines end in CR LF.

    `base` is the address of the site, which paths of pages are given to.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jiedao//Calendar//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]
    for appointment in appointments:
        lines += _event(appointment, base, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def escape(text: str) -> str:
    """Return a text as a value: separators and line ends are escaped."""
    printable = (c for c in text if c >= " " or c in "\n\r")
    return "".join(printable).replace("\r\n", "\n").translate(ESCAPED)


def fold(line: str) -> str:
    """Break a line into pieces of at most 75 octets, each next one begun by a blank."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MAX_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join([*pieces, piece])


def _event(appointment: Appointment, base: str, now: dt.datetime) -> Iterator[str]:
    name = hashlib.sha256(appointment.key.encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@{urlsplit(base).hostname}"
    yield f"DTSTAMP:{_moment(now)}"
    yield from _times(appointment)
    yield f"SUMMARY:{escape(appointment.title)}"
    if appointment.place:
        yield f"LOCATION:{escape(appointment.place)}"
    if appointment.note:
        yield f"DESCRIPTION:{escape(appointment.note)}"
    if appointment.url:
        yield f"URL:{urljoin(base, appointment.url)}"
    yield "END:VEVENT"


def _times(appointment: Appointment) -> Iterator[str]:
    starts, ends = appointment.starts, appointment.ends
    if not isinstance(starts, dt.datetime):
        yield f"DTSTART;VALUE=DATE:{starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{starts + dt.timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    yield f"DTSTART:{_moment(starts)}"
    if ends is not None:
        yield f"DTEND:{_moment(ends)}"


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
