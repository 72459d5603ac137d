"""Plan each row: the numbers it writes into an open return, or why it is refused."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.actors import Actor, scope_of
from core.dates import format_month
from core.errors import DomainError
from exchange.doubts import Doubt, DoubtSource
from exchange.import_kinds import RowPlan, Verdict
from exchange.sheet_context import SheetContext
from organizations.enums import FILING
from organizations.models import Organization
from organizations.naming import NameBook
from organizations.queries import is_closed
from organizations.roles import RECORD_KEEPERS
from reports.actions import LineEntry
from reports.errors import NoFormInForce
from reports.models import (
    MonthlyReturn,
    ReturnForm,
    ReturnRound,
)
from reports.permissions import can_collect
from reports.returns.balance import CLOSING, OPENING
from reports.returns.line_values import (
    is_fixed,
)
from reports.returns.printing import (
    format_line,
)
from reports.sheet_import.errors import (
    FilesNoReturn,
    MonthHasClosed,
    NoCommunityNamed,
    NoRoundOpen,
    ReportedTwice,
    ReturnIsFiled,
)
from reports.sheet_import.present_return import PresentReturn
from reports.sheet_import.reading import SPENDING, ReturnReader, ReturnRow
from sheets.read import TableRow

KEEP = "keep"


@dataclass(frozen=True, slots=True)
class FilledReturn:
    """Numbers to be written into the open return of a community and month.

    `opens_in` is the street whose round of the month has to be opened first.
    """

    community: Organization
    month: dt.date
    entries: tuple[LineEntry, ...]
    opens_in: Organization | None = None


class ReturnPlanner:
    """Plans a whole sheet; of two rows for one return the second is refused."""

    def __init__(self, *, by: Actor, context: SheetContext, kind: Any) -> None:
        self.by = by
        self.chosen = context.organization
        scope = scope_of(by)
        self.can_manage = lambda path: scope.has_role_over(path, RECORD_KEEPERS)
        self.book = NameBook()
        self.labels = kind.labels
        self.reader = ReturnReader(context, self.labels)
        self.answer = context.answers.get("difference")
        self.reasons = dict(kind.reasons)
        self.first: dict[tuple[int, dt.date], int] = {}

    def __call__(self, rows: Iterable[TableRow]) -> Iterable[RowPlan]:
        """Yield a plan for each row, in the order of the rows."""
        for row in rows:
            read = self.reader.read(row)
            try:
                yield self._plan_row(read)
            except DomainError as refusal:
                read.refuse(self.labels["community"], refusal)
                yield _build(read, Verdict.REFUSE)

    def _plan_row(self, read: ReturnRow) -> RowPlan:
        community = self._find_community(read)
        if read.month is None:
            return _build(read, Verdict.REFUSE, community)
        self._refuse_repeated(read, community)
        if is_closed(community, read.month):
            month = format_month(read.month)
            refusal = MonthHasClosed(month=month, name=community.name)
            read.refuse(self.labels["month"], refusal)
        if read.problems:
            return _build(read, Verdict.REFUSE, community)
        return self._fill(read, community)

    def _find_community(self, read: ReturnRow) -> Organization:
        if not read.community:
            raise NoCommunityNamed
        node = self.book.find(
            read.community, chosen=self.chosen, can_manage=self.can_manage
        )
        if node.kind not in FILING:
            raise FilesNoReturn(name=node.name)
        return node

    def _refuse_repeated(self, read: ReturnRow, community: Organization) -> None:
        first = self.first.setdefault((community.pk, read.month), read.excel_row)
        if first != read.excel_row:
            raise ReportedTwice(
                name=community.name, first=first, month=format_month(read.month)
            )

    def _fill(self, read: ReturnRow, community: Organization) -> RowPlan:
        """Compare the row with the return; plan what may be typed and differs."""
        present = PresentReturn(self._find_return(read, community))
        plan = _build(read, Verdict.UNCHANGED, community)
        entries = [
            entry
            for indicator, value in read.values.items()
            if indicator in present.lines
            and (entry := self._compare(read, plan, present, indicator, value))
        ]
        if read.problems:
            return _build(read, Verdict.REFUSE, community)
        return self._conclude(plan, read, present, entries)

    def _find_return(self, read: ReturnRow, community: Organization) -> MonthlyReturn:
        """Return the row's open return, or an unsaved one if the round is to open."""
        rows = MonthlyReturn.objects.filter(
            organization=community, month=read.month
        ).select_related("organization", "round__form")
        found = rows.order_by("-version").first()
        month = format_month(read.month)
        if found is not None and not found.is_open:
            raise ReturnIsFiled(
                name=community.name, month=month, state=found.get_state_display()
            )
        if found is not None:
            return found
        street = community.parent
        if street is None or not can_collect(self.by, street):
            raise NoRoundOpen(month=month)
        form = ReturnForm.objects.in_force(read.month)
        if form is None:
            raise NoFormInForce(month=month)
        opening = ReturnRound(organization=street, month=read.month, form=form)
        return MonthlyReturn(organization=community, month=read.month, round=opening)

    def _compare(
        self,
        read: ReturnRow,
        plan: RowPlan,
        present: PresentReturn,
        indicator: str,
        value: Decimal,
    ) -> LineEntry | None:
        """Report the difference of one number; return what would be entered."""
        line, reported = present.lines[indicator], present.reported(indicator)
        if value == reported:
            return None
        label = line.label_in(read.month)
        pair = (format_line(line, reported), format_line(line, value))
        if is_fixed(line):
            words = {"line": label, "sheet": pair[1], "computed": pair[0]}
            difference = _("%(line)s: sheet %(sheet)s, records %(computed)s") % words
            plan.message = "；".join(filter(None, [plan.message, difference]))
            _flag(plan, "fixed_differ")
            return None
        if (refusal := present.refuse(line, value)) is not None:
            read.refuse(label, refusal)
            return None
        odd = present.question(line, value)
        differs = value != present.computed[indicator]
        if differs and self.answer == KEEP:
            _flag(plan, "computed_kept")
            return None
        plan.changes = {**plan.changes, label: pair}
        if odd:
            doubt = Doubt(
                DoubtSource.NUMBER, read.sheet or "", f"{plan.label} {label}", odd
            )
            plan.doubts = (*plan.doubts, doubt)
        reason = self._reason(read) if differs else ""
        # Nothing is entered before somebody has looked at it.
        return LineEntry(line, value, reason, confirmed=bool(odd))

    def _reason(self, read: ReturnRow) -> str:
        """Return the answer as the explanation, with the number's row."""
        if self.answer not in self.reasons:
            return ""
        words = {"reason": self.reasons[self.answer], "row": read.excel_row}
        return _("%(reason)s (row %(row)s of the uploaded sheet)") % words

    def _conclude(
        self,
        plan: RowPlan,
        read: ReturnRow,
        present: PresentReturn,
        entries: list[LineEntry],
    ) -> RowPlan:
        opens_round = present.monthly_return.pk is None
        if opens_round:
            _flag(plan, "round_opened")
            plan.verdict = Verdict.CREATE
        elif entries:
            plan.verdict = Verdict.UPDATE
        elif not plan.message:
            _flag(plan, "unchanged")
        if any(present.differs(entry) for entry in entries):
            answered = self.answer in self.reasons
            _flag(plan, "difference_answered" if answered else "difference_asked")
            plan.questions = () if answered else ("difference",)
        plan.payload = FilledReturn(
            present.monthly_return.organization,
            read.month,
            tuple(entries),
            present.monthly_return.round.organization if opens_round else None,
        )
        return plan


def _flag(plan: RowPlan, name: str) -> None:
    """Add a flag to a plan, once."""
    if name not in plan.flags:
        plan.flags.append(name)


def _build(
    read: ReturnRow, verdict: Verdict, community: Organization | None = None
) -> RowPlan:
    name = community.name if community else read.community
    month = format_month(read.month) if read.month else ""
    return RowPlan(
        sheet=read.sheet,
        excel_row=read.excel_row,
        verdict=verdict,
        label=f"{name} {month}".strip(),
        message="；".join(read.problems),
        reasons=read.reasons,
        flags=list(read.flags),
        fields={} if read.problems else _fields(read, name),
    )


def _fields(read: ReturnRow, name: str) -> dict[str, str | None]:
    """Return what the sheet says, money in yuan, for the operator's own file."""
    values = {key: f"{value:f}" for key, value in read.values.items()}
    spending = read.values.get(SPENDING)
    return {
        **values,
        "community": name,
        "month": f"{read.month:%Y-%m}" if read.month else None,
        "opening": values.get(OPENING),
        "closing": values.get(CLOSING),
        "mobile": values.get("members_mobile"),
        "spend_yuan": f"{spending:.2f}" if spending is not None else None,
    }
