"""Where those who have come belong: a branch of elsewhere is recorded, not searched.

A column such as 所在党支部 may name the branch that receives somebody, or the one at
home. What is none of the chosen organization can only be the latter, or be misspelt:
the person who uploads says it once for the sheet, unless the heading does.
"""

import re
from typing import TYPE_CHECKING

from exchange.sheet_context import SheetContext
from members.mobile.errors import HomeLeftOut
from members.mobile.places import Places
from members.models import CheckIn
from members.roster.branches import BranchResolver
from members.roster.errors import TooLong
from members.roster.titles import territory_in
from organizations.models import Organization
from sheets.read import fold

if TYPE_CHECKING:
    from members.mobile.reading import RegisterRow

HOME_ELSEWHERE, RECORD_HOME = "home_elsewhere", "record"
MAX_HOME = CheckIn._meta.get_field("home_branch").max_length or 0
# Headings of the branch at home, whoever wrote the sheet.
SAYS_HOME = re.compile("^原|组织关系|流出地?党|户籍")
SAYS_HOST = re.compile("流入|接收")


class Homes:
    """Finds the community that hosts a row, and where the person belongs."""

    def __init__(
        self, context: SheetContext, resolver: BranchResolver, places: Places
    ) -> None:
        self.resolver, self.places = resolver, places
        self.answer = context.answers.get(HOME_ELSEWHERE)
        self.headers = context.headers

    def resolve_host(self, entry: "RegisterRow") -> Organization | None:
        """Return the community to which somebody has come, or refuse the row."""
        parsed = entry.parsed
        heading = fold(self.headers.get(parsed.sheet, {}).get("branch", ""))
        text = parsed.branch_text
        if text and not SAYS_HOST.search(heading) and self.places.is_outside(text):
            entry.home_branch, parsed.branch_text = text, ""
            if SAYS_HOME.search(heading) or not self._may_be_meant_here(text):
                parsed.flag("branch_elsewhere")
            else:
                self._ask(entry)
        if len(entry.home_branch) > MAX_HOME:
            reason = TooLong(length=len(entry.home_branch), limit=MAX_HOME)
            parsed.refuse("branch", reason)
        return self.resolver.resolve_host(parsed)

    def _may_be_meant_here(self, text: str) -> bool:
        """Whether the name is of a community or village, and may be misspelt."""
        return bool(territory_in(text)) or self.resolver.knows(text)

    def _ask(self, entry: "RegisterRow") -> None:
        parsed = entry.parsed
        if self.answer == RECORD_HOME:
            parsed.flag(f"{HOME_ELSEWHERE}_answered")
        elif self.answer:
            parsed.refuse("branch", HomeLeftOut(text=entry.home_branch))
        else:
            parsed.questions.append(HOME_ELSEWHERE)
            parsed.flag(f"{HOME_ELSEWHERE}_asked")
