"""Whoever's turn it is finds it on their desk, for every state of every procedure.

Each state that an app's enums know is either somebody's turn, who then has a to-do more
than before, or named with the reason why nobody has to act.
"""

from importlib import import_module
from pathlib import Path

import pytest
from django.db.models import TextChoices

from cases.enums import CaseState
from cobuilding.enums import AgreementState
from core.months import today
from core.registries.todos import todos_for
from exchange.enums import BatchState, BulkState, JobState, PublicationState
from finance.enums import VoucherState
from members.actions import suspend_membership
from members.enums import (
    CertificateState,
    CorrectionState,
    DevelopmentState,
    LostState,
    OpinionState,
    PairState,
    PledgeState,
    RoundState,
    TransferState,
)
from members.models import LostContact
from reports.enums import ReturnState
from tests import states
from tests.access_matrix import (
    absences,
    cases,
    corrections,
    documents,
    exchange,
    members,
    opinions,
    pledges,
    reports,
)
from volunteering.actions import return_service
from volunteering.enums import ClaimState, PostState, RecordState
from volunteering.models import ServiceRecord

ROOT = Path(__file__).parent.parent
SETTLED = "nothing is left to do"
BY_THE_SYSTEM = "the system goes on by itself"


def service_returned(world):
    """Hours that the street sent back to the community that recorded them."""
    states.post_served(world)
    record = ServiceRecord.objects.get()
    return_service(record, by=world.people["staff"], reason="时长有误，请核对")


def suspended(world):
    """A membership that was suspended more than two years ago."""
    members.lost(world)
    row = LostContact.objects.get(member=world.member)
    suspend_membership(row, on=row.decide_from, number="3号", by=None)


# A list of rows: states of two procedures may be the same string.
TURNS = [
    (AgreementState.DRAFT, states.agreement_without_targets, "secretary"),
    (AgreementState.DRAFT, states.agreement_drafted, "liaison"),
    (AgreementState.SIGNED_BY_UNIT, states.agreement_signed_by_unit, "secretary"),
    (
        AgreementState.SIGNED_BY_COMMUNITY,
        states.agreement_signed_by_community,
        "liaison",
    ),
    (VoucherState.DRAFT, states.income_draft, "accountant"),
    (VoucherState.SUBMITTED, states.income_submitted, "accountant"),
    (VoucherState.REVIEWED, states.income_reviewed, "secretary"),
    (VoucherState.APPROVED, states.expenditure_approved, "cashier"),
    (VoucherState.RETURNED, states.expenditure_returned, "accountant"),
    (PostState.DRAFT, states.post_draft, "secretary"),
    (ClaimState.ACTIVE, states.post_claimed, "member"),
    (ClaimState.ACTIVE, states.post_with_a_past_shift, "secretary"),
    (RecordState.SUBMITTED, states.post_served, "secretary"),
    (RecordState.RETURNED, service_returned, "secretary"),
    (TransferState.PROPOSED, members.proposed, "staff"),
    (TransferState.ISSUED, members.coming, "staff"),
    (TransferState.REFUSED, members.refused, "secretary"),
    (CaseState.OPEN, cases.cases, "secretary"),
    (DevelopmentState.OPEN, members.developments, "branch_secretary"),
    (LostState.SEARCHING, members.lost, "secretary"),
    (LostState.SUSPENDED, suspended, "secretary"),
    (CertificateState.TO_COLLECT, absences.to_collect, "secretary"),
    (PairState.OPEN, members.pairs, "secretary"),
    (CorrectionState.OPEN, corrections.corrections, "secretary"),
    (PledgeState.PROPOSED, pledges.pledges, "branch_secretary"),
    (PledgeState.RETURNED, pledges.returned, "member"),
    (PledgeState.ACCEPTED, pledges.over, "secretary"),
    (ReturnState.DRAFT, reports.drafts, "secretary"),
    (ReturnState.SUBMITTED, reports.submitted_args, "staff"),
    (ReturnState.RETURNED, reports.returned_args, "secretary"),
    (BatchState.PLANNED, exchange.batches, "secretary"),
    (PublicationState.DRAFT, documents.drafts, "secretary"),
    (OpinionState.WAITING, opinions.opinions, "secretary"),
    (OpinionState.UNANSWERED, opinions.unanswered, "liaison"),
]
NOBODYS = [
    (AgreementState.IN_FORCE, SETTLED),
    (AgreementState.ENDED, SETTLED),
    (VoucherState.POSTED, SETTLED),
    (VoucherState.CANCELLED, SETTLED),
    (PostState.OPEN, "members claim as they like"),
    (PostState.CLOSED, SETTLED),
    (ClaimState.WITHDRAWN, SETTLED),
    (ClaimState.SERVED, "its hours have a state of their own"),
    (ClaimState.MISSED, SETTLED),
    (RecordState.CONFIRMED, SETTLED),
    (TransferState.RECEIVED, SETTLED),
    (TransferState.EXPIRED, "tests/members/test_transfers.py lets a letter expire"),
    (TransferState.VOIDED, SETTLED),
    (CaseState.ANSWERED, SETTLED),
    (CaseState.VOIDED, SETTLED),
    (PairState.APART, SETTLED),
    (PairState.MERGED, SETTLED),
    (CorrectionState.ACCEPTED, "a notice tells the member"),
    (CorrectionState.DECLINED, "a notice tells the member"),
    (CorrectionState.WITHDRAWN, SETTLED),
    (CorrectionState.LAPSED, SETTLED),
    (PledgeState.KEPT, SETTLED),
    (PledgeState.PARTLY, SETTLED),
    (PledgeState.NOT_KEPT, SETTLED),
    (PledgeState.LAPSED, SETTLED),
    (RoundState.OPEN, "tests/members/test_appraisals.py asks for it when it is due"),
    (RoundState.CLOSED, SETTLED),
    (RoundState.VOIDED, "the branch owes the year again, as before it was opened"),
    (OpinionState.ANSWERED, "a notice tells whoever asked"),
    (OpinionState.LATE, "a notice tells whoever asked"),
    (OpinionState.WITHDRAWN, SETTLED),
    (DevelopmentState.ADMITTED, SETTLED),
    (DevelopmentState.STOPPED, SETTLED),
    (CertificateState.HELD, "it is collected when its time has come"),
    (CertificateState.CLOSED, SETTLED),
    (CertificateState.VOIDED, SETTLED),
    (LostState.ABROAD, "tests/members/test_abroad.py asks for it when it is due"),
    (LostState.FOUND, SETTLED),
    (LostState.REMOVED, SETTLED),
    (LostState.CANCELLED, SETTLED),
    (LostState.CLOSED, SETTLED),
    (LostState.VOIDED, SETTLED),
    (ReturnState.ACCEPTED, SETTLED),
    (BatchState.UPLOADED, BY_THE_SYSTEM),
    (BatchState.NOTHING, "the page that shows it says what to do"),
    (BatchState.CONFIRMED, BY_THE_SYSTEM),
    (BatchState.COMMITTED, SETTLED),
    (BatchState.REFUSED, "the page that shows it says what to do"),
    (BatchState.DISCARDED, SETTLED),
    (PublicationState.APPROVED, BY_THE_SYSTEM),
    (PublicationState.SHOWN, SETTLED),
    (PublicationState.OVER, SETTLED),
    (PublicationState.WITHDRAWN, SETTLED),
    (BulkState.ASKED, BY_THE_SYSTEM),
    (BulkState.READY, "a preview that its owner looks at; it lapses after a week"),
    (BulkState.CONFIRMED, BY_THE_SYSTEM),
    (BulkState.DONE, SETTLED),
    (BulkState.EXPIRED, SETTLED),
    (JobState.QUEUED, BY_THE_SYSTEM),
    (JobState.RUNNING, BY_THE_SYSTEM),
    (JobState.DONE, SETTLED),
    (JobState.FAILED, "a notice tells who started it"),
]


def all_states():
    """Every state that the enums of the apps name."""
    for path in [*ROOT.glob("*/enums.py"), *ROOT.glob("*/enums/*.py")]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for value in vars(import_module(name)).values():
            is_enum = isinstance(value, type) and issubclass(value, TextChoices)
            if is_enum and value.__name__.endswith("State"):
                yield from value


def test_every_state_is_somebodys_turn_or_says_why_not():
    named = {repr(row[0]) for row in [*TURNS, *NOBODYS]}

    assert sorted(named) == sorted({repr(state) for state in all_states()})


@pytest.mark.parametrize(
    ("reach", "person"),
    [row[1:] for row in TURNS],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_whoevers_turn_it_is_finds_it_on_their_desk(reach, person, world):
    user = world.people[person]
    before = waiting_for(user)

    reach(world)

    assert waiting_for(user) > before


def waiting_for(user):
    """How much a person's desk says waits for them."""
    return sum(todo.count or 1 for todo in todos_for(user, today()))
