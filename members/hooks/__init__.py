"""Registrations of this app: blockers, closers and code words."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import RoleAssignment, User
from core.audit.presentation import label_names, label_values
from core.registries.chores import Chore, chores
from core.registries.page_sections import PageSection, page_sections
from exchange.job_kinds import JobKind, JobResult, Progress, job_kinds
from exchange.models import Job
from members import news  # noqa: F401 -- declares audiences
from members.actions.after_ends import note_records_after_ends
from members.actions.closing import (
    close_absence,
    close_account,
    close_check_in,
    close_role_assignment,
)
from members.actions.duplicates import SCAN, queue_scan, scan_register
from members.actions.lost_contacts import close_lost_contact
from members.actions.pocket import close_pocket_member
from members.actions.transfers import expire_letters
from members.actions.transit import close_transfer
from members.ends.closers import MemberCloser, closers, on_leaving_altogether
from members.ends.dated_records import DatedRecords, dated_records
from members.enums import RoundState, StartReason, TransferState
from members.hooks import (  # noqa: F401 -- register theirs
    absences,
    many_at_once,
    merging,
    opinions,
    places,
    pledges,
    remarks,
)
from members.models import (
    Affiliation,
    Appraisal,
    CheckIn,
    Development,
    LostContact,
    Member,
    MobileRecord,
    PocketMember,
    Transfer,
)
from members.sections.lost_contacts import describe_search
from members.sections.pocket import describe_pocket
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.queries import labels_of_code_list


def open_transfers() -> QuerySet[Transfer]:
    """Return transfers that wait for somebody's step."""
    return Transfer.objects.under_way()


def open_developments() -> QuerySet[Development]:
    """Return the people whose way to membership goes on."""
    return Development.objects.open()


closing_blockers.add(
    ClosingBlocker(
        "members.affiliations",
        _("members: %(count)s (move them, or end their membership)"),
        Affiliation.objects.all,
        until="ends_on",
    ),
    ClosingBlocker(
        "members.check_ins",
        _("members checked in: %(count)s (end their check-ins)"),
        CheckIn.objects.all,
        column="community",
        until="ends_on",
    ),
    ClosingBlocker(
        "members.transfers",
        _("transfers on the way here: %(count)s (receive, hand on or refuse them)"),
        open_transfers,
        column="destination",
    ),
    ClosingBlocker(
        "members.developments",
        _("people on the way to membership: %(count)s (change their branch, or stop)"),
        open_developments,
    ),
)


def run_scan(_job: Job, progress: Progress) -> JobResult:
    """Search the register for duplicates; say how many pairs wait to be looked at."""
    count = scan_register(progress)
    found = ngettext(
        "%(count)s pair of records may be one person's.",
        "%(count)s pairs of records may be one person's.",
        count,
    )
    return JobResult(found % {"count": count}, row_count=count)


job_kinds.add(JobKind(SCAN, _("Searching for duplicates"), run_scan))
chores.add(
    Chore("members.find_duplicates", queue_scan, daily_at=(1, 40)),
    Chore("members.expire_letters", expire_letters, daily_at=(0, 15)),
    Chore("members.note_records_after_ends", note_records_after_ends, daily_at=(0, 25)),
)


def open_check_ins() -> QuerySet[CheckIn]:
    """Return check-ins that go on."""
    return CheckIn.objects.filter(ends_on=None)


def open_absences() -> QuerySet[MobileRecord]:
    """Return absences that go on."""
    return MobileRecord.objects.filter(ends_on=None)


def open_role_assignments() -> QuerySet[RoleAssignment]:
    """Return roles without an end."""
    return RoleAssignment.objects.filter(ends_on=None)


def open_accounts() -> QuerySet[User]:
    """Return accounts that may sign in."""
    accounts: QuerySet[User] = User.objects.filter(is_active=True)
    return accounts


def open_lost_contacts() -> QuerySet[LostContact]:
    """Return searches that go on."""
    return LostContact.objects.open()


def open_pocket_members() -> QuerySet[PocketMember]:
    """Return matters of members whom nobody manages that wait."""
    return PocketMember.objects.open()


closers.add(
    MemberCloser(
        "members.pocket",
        _("matters of a member whom nobody managed settled: %(count)s"),
        open_pocket_members,
        close_pocket_member,
    ),
    MemberCloser(
        "members.lost_contacts",
        _("searches for the member ended: %(count)s"),
        open_lost_contacts,
        close_lost_contact,
        leaving=on_leaving_altogether,
    ),
    MemberCloser(
        "members.transfers",
        _("transfers voided: %(count)s"),
        open_transfers,
        close_transfer,
    ),
    MemberCloser(
        "members.check_ins",
        _("check-ins ended: %(count)s"),
        open_check_ins,
        close_check_in,
    ),
    MemberCloser(
        "members.absences",
        _("absences ended: %(count)s"),
        open_absences,
        close_absence,
        leaving=on_leaving_altogether,
    ),
    MemberCloser(
        "accounts.roles",
        _("roles ended: %(count)s"),
        open_role_assignments,
        close_role_assignment,
        owner="user__member",
    ),
    MemberCloser(
        "accounts.accounts",
        _("accounts closed: %(count)s"),
        open_accounts,
        close_account,
    ),
)


def begun_affiliations() -> QuerySet[Affiliation]:
    """Return affiliations that began on their day: not what only went on then."""
    return Affiliation.objects.exclude(start_reason=StartReason.CONTINUED)


def standing_transfers() -> QuerySet[Transfer]:
    """Return transfers that were not voided."""
    return Transfer.objects.exclude(state=TransferState.VOIDED)


def standing_appraisals() -> QuerySet[Appraisal]:
    """Return who is on the list of an appraisal that was not voided."""
    return Appraisal.objects.exclude(round__state=RoundState.VOIDED)


def page_of_appraisal(row: Appraisal) -> str:
    """Return the page on which a grade is corrected."""
    return row.round.get_absolute_url()


page_sections.add(
    PageSection(
        "members.lost_contact",
        "cases.Case",
        "members/_case_details.html",
        describe_search,
    ),
    PageSection(
        "members.pocket",
        "cases.Case",
        "members/_case_details.html",
        describe_pocket,
    ),
)
dated_records.add(
    DatedRecords(
        "members.affiliations",
        _("affiliated on %(days)s"),
        begun_affiliations,
        day="starts_on",
        keeper="organization",
    ),
    DatedRecords(
        "members.check_ins",
        _("checked in on %(days)s"),
        CheckIn.objects.all,
        day="starts_on",
        keeper="community",
    ),
    DatedRecords(
        "members.absences",
        _("away from %(days)s on"),
        MobileRecord.objects.all,
        day="starts_on",
    ),
    DatedRecords(
        "members.appraisals",
        _("on the list of appraisals held on %(days)s"),
        standing_appraisals,
        day="round__held_on",
        organization_lookup="round__organization",
        keeper="round__organization",
        page=page_of_appraisal,
    ),
    DatedRecords(
        "members.transfers",
        _("transfer proposed on %(days)s"),
        standing_transfers,
        day="proposed_on",
        keeper="origin",
        page=Transfer.get_absolute_url,
    ),
)


def label_record(key: str) -> str:
    """Return the name on a record, also on one that was merged."""
    return str(Member.all_objects.filter(pk=key).first() or key)


def label_followed_rows(keys: Mapping[str, Sequence[int]]) -> str:
    """Return how many rows of each kind followed from one record to another."""
    return "、".join(
        f"{closers.get(key).open_rows().model._meta.verbose_name} {len(rows)}"
        for key, rows in keys.items()
    )


LOGGED = {
    "on": _("day of the move"),
    "available": _("free hours"),
    "willing": _("willing to serve"),
    "closed": _("also closed"),
    "merged_record": _("merged record"),
    "followed": _("rows that followed"),
}
label_names("members.Member", LOGGED.get)
label_names("members.AppraisalRound", {"grades_entered": _("grades entered")}.get)
label_values(
    "members.Member",
    education=labels_of_code_list("education"),
    skills=labels_of_code_list("skills"),
    merged_record=label_record,
    followed=label_followed_rows,
)
label_values("members.Development", education=labels_of_code_list("education"))
label_values("members.Transfer", cause=labels_of_code_list("transfer_causes"))
