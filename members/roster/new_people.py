"""Doubt new people whose age no member has: the number is a filler or mistyped."""

from django.utils.translation import gettext as _

from core.months import today
from exchange.doubts import DoubtSource
from members.roster.parsed_rows import ParsedRow
from members.unusual_dates import ADULT_AGE

OLDEST = 105  # years


def doubt_age(parsed: ParsedRow) -> None:
    """Doubt a new person who by the number is hardly alive, or not of age."""
    born, now = parsed.values["birth_date"], today()
    age = now.year - born.year - ((now.month, now.day) < (born.month, born.day))
    if not ADULT_AGE <= age <= OLDEST:
        words = _("born on %(day)s, %(age)s years old") % {"day": born, "age": age}
        parsed.doubt(DoubtSource.NUMBER, "", words)
