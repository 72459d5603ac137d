"""Questions about days: an end before what is on record, a record after an end."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from core.web.forms import AskedOnce
from members.ends.dated_records import describe_end_before, describe_records_after
from members.enums import ENDING_MEMBERSHIP, EndReason, LeaveReason
from members.lost_contacts.marks import ask_about_search
from members.models import Member

RECORDED_AFTER = _(
    "%(name)s is on record on later days: %(records)s. Please check the day. If it is"
    " right, tick below and save again; those records are then marked until they are"
    " corrected."
)

ENTERED_AFTER = _(
    "These people had ended before: %(people)s. Please check the names and the day. If"
    " all is right, tick below and save again; the records are then marked, and whoever"
    " keeps them is asked to settle it."
)


class RecordDayForm(AskedOnce):
    """A form with what members did on a day: asks once about those who had ended.

    Such a record counts as it was entered, so this is the last moment to notice.
    """

    def list_entered(self) -> Iterable[tuple[Member, dt.date]]:
        """Return the members of what is being recorded, each with its day."""
        raise NotImplementedError

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        people = [
            f"{member.name}（{describe_end_before(member, day)}）"
            for member, day in self.list_entered()
            if member.ended_on is not None and member.ended_on < day
        ]
        if people:
            yield ENTERED_AFTER % {"people": "、".join(people)}


class EndDayForm(AskedOnce):
    """A form with the day (`on`) on which a member ends, or moves.

    Asks once about what is on record of the member on later days.
    """

    def __init__(self, *args: Any, member: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def describe_records_after(self, member: Member, day: dt.date) -> list[str]:
        """Return what contradicts the day: what the old organization called to."""
        return describe_records_after(member, day, ends_membership=False)

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        if self.member is None:
            return
        records = self.describe_records_after(self.member, self.cleaned_data["on"])
        if records:
            values = {"name": self.member.name, "records": "；".join(records)}
            yield RECORDED_AFTER % values


class MoveDayForm(EndDayForm):
    """The same for the move to a new organization, in the field `moves_to`.

    Asks as well about somebody with whom contact is lost.
    """

    moves_to = "organization"

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        if self.member is not None:
            yield from ask_about_search(self.member)

    def describe_records_after(self, member: Member, day: dt.date) -> list[str]:
        to = self.cleaned_data[self.moves_to]
        return describe_records_after(member, day, ends_membership=False, to=to)


class EndReasonForm(EndDayForm):
    """The same with a reason, which says whether the membership itself ends."""

    def describe_records_after(self, member: Member, day: dt.date) -> list[str]:
        ends = EndReason(self.cleaned_data["reason"]) in ENDING_MEMBERSHIP
        return describe_records_after(member, day, ends_membership=ends)


class LeaveReasonForm(EndDayForm):
    """The same for the end of a check-in, which ends a membership by death alone."""

    def describe_records_after(self, member: Member, day: dt.date) -> list[str]:
        if self.cleaned_data["reason"] != LeaveReason.DIED:
            return []
        return describe_records_after(member, day, ends_membership=True)
