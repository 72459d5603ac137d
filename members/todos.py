"""Todos of members."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, scope_of
from core.db.querysets import any_of
from core.db.tree import path_range
from core.months import last_day, month_of, months_after
from core.registries.todos import Todo, TodoSource, todo_sources
from core.text import StrOrPromise
from members.absences.certificates import to_collect
from members.absences.reviews import list_to_review
from members.absences.silence import list_silent
from members.appraisals.due import list_owed_appraisals, year_due
from members.development.probation import list_probations
from members.development.steps import development_terms, first_due, is_ready_to_admit
from members.duplicates.merged import own_or_merged
from members.ends.after_ends import keys_of_unsettled
from members.enums import (
    RUNNING_OUT_DAYS,
    Absence,
    Category,
    CertificateState,
    CorrectionState,
    DevelopmentStage,
    Direction,
    PledgeDue,
    PledgeState,
    Silence,
    Stage,
)
from members.models import (
    ActivityCertificate,
    Development,
    DuplicatePair,
    LostContact,
    Member,
    Pledge,
    ProposedCorrection,
    RecordAfterEnd,
    Transfer,
    UnitInquiry,
)
from members.opinions.todos import opinions_todo
from members.querysets import TransferQuerySet
from members.transfers.prompts import due_to_transfer
from members.unmanaged import find_unmanaged
from organizations.roles import COMMUNITY_KEEPERS, MEETING_KEEPERS, RECORD_KEEPERS, Role


def check_in_todo(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Remind in-service members to check in with the community they live in."""
    own = Member.objects.filter(pk=scope_of(user).member_id or 0, community=None)
    if own.filter(category=Category.IN_SERVICE).exists():
        yield Todo(
            _("Check in with the community you live in"), reverse("members:check_in")
        )


def _transfers_waiting(
    user: Actor, day: dt.date
) -> Iterator[tuple[StrOrPromise, Stage, Direction, TransferQuerySet]]:
    """Yield what waits at both ends: its label, its list and its rows."""
    rows, street, community = Transfer.objects, {Role.STREET_STAFF}, COMMUNITY_KEEPERS
    own = rows.in_scope_of(user, street)
    yield _("Transfer letters to issue"), Stage.PROPOSED, Direction.OUT, own.proposed()
    yield (
        _("Transfer letters expired, to be settled"),
        Stage.EXPIRED,
        Direction.OUT,
        rows.in_scope_of(user, street | community).expired(),
    )
    yield (
        _("Transfers refused: propose anew, or let rest"),
        Stage.CAME_BACK,
        Direction.OUT,
        rows.in_scope_of(user, street | community).came_back(),
    )
    yield (
        _("Transfer letters that run out within ten days, without receipt"),
        Stage.RUNNING_OUT,
        Direction.OUT,
        own.running_out(day, RUNNING_OUT_DAYS),
    )
    yield (
        _("Transfers to receive"),
        Stage.ARRIVED,
        Direction.IN,
        rows.addressed_to(user, street).arrived(),
    )
    yield (
        _("People transferring to you: confirm the arrival"),
        Stage.IN_TRANSIT,
        Direction.IN,
        rows.coming_to(user, community | street).in_transit().filter(arrived_on=None),
    )


def transfers_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Transfers whose next step the person may take, the most urgent first."""
    for label, stage, way, rows in _transfers_waiting(user, day):
        if count := rows.count():
            url = f"{reverse('members:transfers')}?stage={stage.value}&way={way.value}"
            due = rows.order_by("valid_until").values_list("valid_until", flat=True)
            yield Todo(label, url, count, due.first())


def transfer_due_todo(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Members who have settled elsewhere and are to be asked to transfer (R-12)."""
    paths = [*scope_of(user).paths(COMMUNITY_KEEPERS)]
    here = any_of(path_range("organization", path) for path in paths)
    if paths and (count := due_to_transfer().filter(here).count()):
        yield Todo(
            _("Members settled elsewhere: ask them to transfer"),
            f"{reverse('members:list')}?absence={Absence.TRANSFER_DUE.value}",
            count,
        )


def records_after_ends_todo(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Records of days after an end that the person corrects or keeps with a reason."""
    rows = RecordAfterEnd.objects.managed_by(user)
    if count := len(keys_of_unsettled(rows)):
        url = reverse("members:after_ends")
        yield Todo(_("Records of days after an end"), url, count)


def lost_contacts_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Lost members whose suspension or removal can be decided (R-22)."""
    rows = LostContact.objects.managed_by(user).to_be_decided(day)
    if count := rows.count():
        url = f"{reverse('members:list')}?absence={Absence.DECISION_DUE.value}"
        yield Todo(_("Members lost or abroad on whom can be decided"), url, count)


def certificates_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Certificates to collect: their period is over, or the member is back (R-18)."""
    if not scope_of(user).has_role(RECORD_KEEPERS):
        return
    rows = to_collect(ActivityCertificate.objects.managed_by(user), day)
    if count := rows.count():
        url = reverse("members:certificates")
        url = f"{url}?state={CertificateState.TO_COLLECT.value}"
        yield Todo(_("Activity certificates to collect or replace"), url, count)


def silent_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Absent members to call: the first contact, and long silences (S2-43, R-26)."""
    if not scope_of(user).has_role(RECORD_KEEPERS):
        return
    lines, url = list_silent(user, day), reverse("members:silent")
    first = [line.due_on for line in lines if line.asks == Silence.FIRST]
    if first:
        label = _("First contact with members who got a certificate")
        yield Todo(label, f"{url}?why={Silence.FIRST.value}", len(first), first[0])
    reports = [line.due_on for line in lines if line.asks == Silence.REPORT]
    if reports:
        label = _("Mobile members whose report to the branch is due")
        why = Silence.REPORT.value
        yield Todo(label, f"{url}?why={why}", len(reports), reports[0])
    abroad = [line.due_on for line in lines if line.asks == Silence.ABROAD]
    if abroad:
        label = _("Members studying abroad: contact of the half-year")
        yield Todo(label, f"{url}?why={Silence.ABROAD.value}", len(abroad), abroad[0])
    if others := len(lines) - len(first) - len(reports) - len(abroad):
        label = _("Absent members without contact for three months or more")
        yield Todo(label, f"{url}?why={Silence.OVERDUE.value}", others)


def reviews_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Members away for half a year or waiting, not yet reviewed this month (S1-16)."""
    if not scope_of(user).has_role(RECORD_KEEPERS):
        return
    if count := len(list_to_review(user, day)):
        label = _("Absent and waiting members to review this month")
        url = f"{reverse('members:reviews')}?open=yes"
        yield Todo(label, url, count, last_day(month_of(day)))


def inquiries_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Inquiries at former units that were not answered in time (S2-40)."""
    rows = UnitInquiry.objects.managed_by(user).overdue(day)
    if count := rows.count():
        due = rows.order_by("case__due_on").values_list("case__due_on", flat=True)
        label = _("Former units that have not answered in time")
        yield Todo(
            label, f"{reverse('members:inquiries')}?state=overdue", count, due[0]
        )


def duplicates_todo(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Records that may be one person's, to be compared by who keeps both."""
    if not scope_of(user).has_role(RECORD_KEEPERS):
        return
    if count := DuplicatePair.objects.managed_by(user).open().count():
        url = reverse("members:duplicates")
        yield Todo(_("Records that may be one person's: compare them"), url, count)


def appraisals_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Branches that owe the yearly appraisal, when it is due (R-44)."""
    year = year_due(day)
    if year is None or not scope_of(user).has_role(MEETING_KEEPERS):
        return
    if count := len(list_owed_appraisals(user, year)):
        label = _("Branches that owe the appraisal of members of %(year)s")
        url = reverse("members:owed_appraisals")
        yield Todo(label % {"year": year}, url, count)


def unmanaged_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Members whom nobody manages and nobody deals with yet (S1-17)."""
    if not scope_of(user).has_role(COMMUNITY_KEEPERS):
        return
    if count := sum(line.row is None for line in find_unmanaged(user, day)):
        url = f"{reverse('members:pocket')}?taken=no"
        yield Todo(_("Members whom nobody manages"), url, count)


def developments_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """People on the way to membership for whom a step is due, or a record to enter."""
    rows = Development.objects.managed_by(user).open()
    people = list(rows.defer("id_number", "phone").prefetch_related("steps"))
    if not people:
        return
    url, terms = reverse("members:developments"), development_terms()
    days = [first_due(row, terms) for row in people]
    due = sorted(found for found in days if found and found <= months_after(day, 1))
    if due:
        label = _("Steps towards membership that are due")
        yield Todo(label, url, len(due), due[0])
    if ready := sum(is_ready_to_admit(row) for row in people):
        label = _("Approved admissions: enter the member")
        yield Todo(label, f"{url}?stage={DevelopmentStage.CANDIDATE.value}", ready)


def probations_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Probations that end soon, and those that are over without a decision (R-32)."""
    if not scope_of(user).has_role(RECORD_KEEPERS):
        return
    url, found = reverse("members:probations"), list_probations(user)
    over = [one.due_on for one in found if one.is_over(day)]
    if over:
        label = _("Probations that are over: record the decision")
        yield Todo(label, url, len(over), over[0])
    soon = [one.due_on for one in found if one.ends_soon(day)]
    if soon:
        yield Todo(_("Probations that end soon"), url, len(soon), soon[0])


def pledges_todo(user: Actor, day: dt.date) -> Iterable[Todo]:
    """Promises to accept, those that are over, and one's own to write anew (S4-12)."""
    rows, url = Pledge.objects.managed_by(user), reverse("members:pledges")
    if count := rows.to_review().count():
        yield Todo(_("Pledges to accept"), f"{url}?due={PledgeDue.REVIEW}", count)
    over = rows.to_settle(day)
    if count := over.count():
        label = _("Pledges whose period is over: record what came of them")
        yield Todo(label, f"{url}?due={PledgeDue.OUTCOME}", count)
    own = Pledge.objects.filter(own_or_merged([scope_of(user).member_id or 0]))
    if own.filter(state=PledgeState.RETURNED).exists():
        label = _("A pledge of yours is to be made more concrete")
        yield Todo(label, reverse("members:own_pledges"))


def corrections_todo(user: Actor, _day: dt.date) -> Iterable[Todo]:
    """Corrections of kept records that members propose."""
    waiting = ProposedCorrection.objects.managed_by(user).open()
    if count := waiting.count():
        url = f"{reverse('members:corrections')}?state={CorrectionState.OPEN}"
        yield Todo(_("Corrections proposed by members: check them"), url, count)


todo_sources.add(
    TodoSource("members.pledges", pledges_todo),
    TodoSource("members.corrections", corrections_todo),
    TodoSource("members.developments", developments_todo),
    TodoSource("members.probations", probations_todo),
    TodoSource("members.unmanaged", unmanaged_todo),
    TodoSource("members.appraisals", appraisals_todo),
    TodoSource("members.silent", silent_todo),
    TodoSource("members.certificates", certificates_todo),
    TodoSource("members.reviews", reviews_todo),
    TodoSource("members.inquiries", inquiries_todo),
    TodoSource("members.opinions", opinions_todo),
    TodoSource("members.duplicates", duplicates_todo),
    TodoSource("members.lost_contacts", lost_contacts_todo),
    TodoSource("members.check_in", check_in_todo),
    TodoSource("members.transfers", transfers_todo),
    TodoSource("members.transfer_due", transfer_due_todo),
    TodoSource("members.records_after_ends", records_after_ends_todo),
)
