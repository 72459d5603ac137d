"""States by which a row is refused, unless somebody says that they mean another thing.

党员状态 离职 may say that a membership has ended here, or where somebody works,
离退时间 the day of leaving or of retiring. Nobody is entered by such a row unasked,
but whoever uploads the sheet can read the words, and may say that they tell nothing of
membership.
"""

from exchange.import_kinds import AskedGroup
from exchange.sheet_context import SheetContext
from members.roster.departures import is_ambiguous
from members.roster.parsed_rows import ParsedRow

ENDED_STATE, SAYS_NOTHING = "ended_state", "says_nothing"


class EndedStates:
    """The states of a sheet that were said to tell nothing of membership."""

    def __init__(self, context: SheetContext) -> None:
        self.answers = context.answers

    def is_set_aside(self, heading: str, text: str) -> bool:
        """Whether somebody said that the column tells nothing of membership here."""
        if not is_ambiguous(heading, text):
            return False
        asked = _group(heading, text)
        return self.answers.get_for_group(ENDED_STATE, asked.key) == SAYS_NOTHING

    def sets_aside(self, parsed: ParsedRow, heading: str, text: str) -> bool:
        """Whether the row is to be read as if it did not say so; offer the question."""
        if not is_ambiguous(heading, text):
            return False
        parsed.asked.append(_group(heading, text))
        if not self.is_set_aside(heading, text):
            return False
        parsed.flag("ended_state_answered")
        return True


def _group(heading: str, text: str) -> AskedGroup:
    return AskedGroup(ENDED_STATE, f"{heading}：{text}", stands_alone=True)
