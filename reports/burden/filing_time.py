"""How long filing a return takes: from opening it to submitting it, in one sitting.

The session keeps when a return was first opened since the person signed in. It is
written at submission and read as the median of a street alone: one community is one
secretary (S3-09).
"""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone

from reports.models import MonthlyReturn

MOST = 24 * 60  # minutes; a session is shorter
OPENED = "return_opened"


def note_opened(request: HttpRequest, row: MonthlyReturn) -> None:
    """Keep in the session when the person opened a return that they file."""
    opened = request.session.get(OPENED, {})
    if f"{row.pk}" not in opened:
        now = timezone.now().isoformat()
        request.session[OPENED] = {**opened, f"{row.pk}": now}


def minutes_since_opened(request: HttpRequest, row: MonthlyReturn) -> int | None:
    """Return the minutes since the return was opened; None if nothing is known."""
    opened = request.session.get(OPENED, {}).get(f"{row.pk}")
    if opened is None:
        return None
    taken = timezone.now() - dt.datetime.fromisoformat(opened)
    return min(max(round(taken.total_seconds() / 60), 0), MOST)


def forget_opened(request: HttpRequest, row: MonthlyReturn) -> None:
    """Begin anew the next time the return is opened."""
    opened = request.session.get(OPENED, {})
    rest = {key: at for key, at in opened.items() if key != f"{row.pk}"}
    if rest != opened:
        request.session[OPENED] = rest
