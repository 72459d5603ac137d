"""Name the themes of a form, each so that it can be read alone.

In the form “其中” stands beside the theme whose numbers it divides, and a supplement
beside all of them; in a list to choose from, and over a single number, neither says of
what it is.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports.models import ReturnFormLine
from reports.returns.printing import order_lines

AMONG = "其中"
"""The heading of parts of the theme before it: the form is data, written in Chinese."""
BELOW = "·"


def name_themes(lines: Iterable[ReturnFormLine]) -> dict[str, str]:
    """Return the theme of each line of a form by its indicator, in the form's order."""
    lines, headings, whole = list(lines), dict[str, str](), ""
    for line in sorted(lines, key=lambda line: line.position):
        if line.heading != AMONG:
            whole = line.heading
        parts = (whole, line.heading) if whole != line.heading else (whole,)
        headings[line.indicator] = BELOW.join(filter(None, parts))
    return {
        line.indicator: headings[line.indicator]
        if line.official
        else f"{headings[line.indicator]}{BELOW}{_('Supplement')}"
        for line in order_lines(lines)
    }
