"""Ask of those in service at work whether they belong here, or to their employer.

党员状态 在职 says that somebody works. Who belongs to their employer is checked in here
(R-28); who belongs to the branch that the row or the title names is a member like any
other. The word does not say which of both, so whoever uploads the sheet does.
"""

from exchange.import_kinds import AskedGroup
from exchange.sheet_context import SheetContext
from members.enums import Category
from members.roster.branches import BranchResolver
from members.roster.parsed_rows import ParsedRow
from organizations.models import Organization
from sheets.read import is_ditto

WORKS, CHECKS_IN, BELONGS = "works", "checks_in", "belongs"
CATEGORY = "category"


class Workers:
    """The rows of one file whose people are in service and named with a branch here."""

    def __init__(self, context: SheetContext, resolver: BranchResolver) -> None:
        self.answers, self.resolver = context.answers, resolver

    def ask(self, parsed: ParsedRow) -> None:
        """Ask where the person belongs, or take the answer; a record is not changed."""
        if not parsed.works or not self._names_branch(parsed):
            return
        parsed.stated.discard(CATEGORY)
        asked = AskedGroup(WORKS, f"“{parsed.works}”")
        parsed.asked.append(asked)
        answer = self.answers.get_for_group(WORKS, asked.key)
        if answer == CHECKS_IN:
            parsed.flag(f"{WORKS}_answered")
            return
        del parsed.values[CATEGORY]
        if answer == BELONGS:
            parsed.flag(f"{WORKS}_answered")
            self._use_category(parsed)
        else:
            parsed.questions.append(WORKS)

    def _use_category(self, parsed: ParsedRow) -> None:
        """Set the category from the answer for such people, or ask for it."""
        asked = AskedGroup(CATEGORY, f"“{parsed.works}”")
        parsed.asked.append(asked)
        answer = self.answers.get_for_group(CATEGORY, asked.key)
        if answer and answer != Category.IN_SERVICE:
            parsed.values[CATEGORY] = answer
            parsed.flag(f"{CATEGORY}_answered")
        else:
            parsed.questions.append(CATEGORY)

    def _names_branch(self, parsed: ParsedRow) -> bool:
        """Whether the row, its heading or the title names a branch of one's own."""
        if is_ditto(parsed.branch_text):
            return True
        for text in (parsed.branch_text, parsed.group):
            if text:
                named = self.resolver.look_up(text)
                return isinstance(named, Organization) and self.resolver.takes_members(
                    named
                )
        titles = self.resolver.titles.get(parsed.sheet)
        return titles is not None and titles.branch is not None
