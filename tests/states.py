"""Things in one state each, and the page on which somebody acts on them.

The functions build what they name in the world of `tests/access_matrix/`.
"""

import datetime as dt

from django.urls import reverse

from cobuilding.actions import end_agreement, sign_agreement
from cobuilding.enums import Side
from communities.actions import end_project, void_meeting, void_project
from core.months import today
from finance.actions import cancel_voucher, return_voucher, reverse_voucher
from members.actions import end_membership, void_member
from members.enums import EndReason
from organizations.actions import end_unit
from reports.actions import open_round
from reports.models import MonthlyReturn
from tests.access_matrix import exchange, finance, members, reports
from tests.factories.cobuilding import AgreementFactory, TargetFactory, signed
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.finance import (
    ExpenditureFactory,
    IncomeFactory,
    approved,
    filled,
    posted,
    reviewed,
)
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import UnitFactory, closed
from tests.factories.reports import publish
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ServiceRecordFactory,
    ShiftFactory,
)
from volunteering.actions import cancel_shift, close_post


def agreement(world, *, targets=True):
    """A draft of the community and the unit."""
    draft = AgreementFactory(organization=world.community, unit=world.unit)
    if targets:
        TargetFactory(agreement=draft, project__unit=world.unit)
    return draft


def agreement_without_targets(world):
    return agreement(world, targets=False)


def agreement_drafted(world):
    return agreement(world)


def agreement_signed_by_unit(world):
    return sign_agreement(agreement(world), Side.UNIT, by=world.people["liaison"])


def agreement_signed_by_community(world):
    by = world.people["secretary"]
    return sign_agreement(agreement(world), Side.COMMUNITY, by=by)


def agreement_in_force(world):
    return signed(agreement(world))


def agreement_ended(world):
    return end_agreement(agreement(world), by=None, reason="工作需要")


def unit_page(make):
    """The liaison's page, with an agreement in this state."""

    def unit_page_with(world):
        make(world)
        return reverse("cobuilding:unit")

    unit_page_with.__name__ = f"unit_page_{make.__name__}"
    return unit_page_with


def project_idle(world):
    return ProjectFactory(organization=world.community, unit=world.unit)


def project_of_a_draft(world):
    return agreement(world).targets.get().project


def project_with_a_meeting(world):
    project = project_idle(world)
    MeetingFactory(organization=world.branch, project=project)
    return project


def project_with_a_post(world):
    project = project_idle(world)
    PostFactory(organization=world.community, project=project)
    return project


def project_ended(world):
    return end_project(project_idle(world), by=None, reason="工作需要")


def project_run_out(world):
    return ProjectFactory(organization=world.community, ends_on=dt.date(2026, 3, 1))


def project_voided(world):
    return void_project(project_idle(world), by=None, reason="重复登记")


def income_submitted(world):
    return finance.vouchers(world)[0]


def income_draft(world):
    fund = finance.funds(world)[0]
    return IncomeFactory(fund=fund, by=world.people["accountant"], as_draft=True)


def income_reviewed(world):
    return reviewed(income_submitted(world))


def income_posted(world):
    return posted(income_submitted(world))


def income_of_a_closed_month(world):
    return close_month_of(income_submitted(world))


def income_reviewed_of_a_closed_month(world):
    return close_month_of(income_reviewed(world))


def close_month_of(voucher):
    closed(voucher.fund.organization, voucher.month)
    return voucher


def income_posted_and_spent(world):
    income = income_posted(world)
    spent = ExpenditureFactory(fund=income.fund, fund_it=False, amount=900)
    posted(spent)
    return income


def income_reversed(world):
    income = income_posted(world)
    reverse_voucher(income, by=world.people["accountant"], reason="重复入账")
    return income


def expenditure_submitted(world):
    return ExpenditureFactory(fund=finance.funds(world)[0])


def expenditure_reviewed(world):
    return reviewed(expenditure_submitted(world))


def expenditure_approved(world):
    return approved(expenditure_submitted(world))


def expenditure_posted(world):
    return posted(expenditure_submitted(world))


def expenditure_of_a_closed_month(world):
    return close_month_of(expenditure_submitted(world))


def expenditure_approved_of_a_closed_month(world):
    return close_month_of(expenditure_approved(world))


def expenditure_no_longer_covered(world):
    waiting = reviewed(expenditure_of(world, 800))
    posted(expenditure_of(world, 700))
    return waiting


def expenditure_of(world, amount):
    fund = finance.funds(world)[0]
    if not fund.lines.exists():
        fund = filled(fund, 1000)
    return ExpenditureFactory(fund=fund, fund_it=False, amount=amount)


def expenditure_returned(world):
    by = world.people["secretary"]
    return return_voucher(expenditure_reviewed(world), by=by, reason="附件不全")


def expenditure_cancelled(world):
    by = world.people["accountant"]
    return cancel_voucher(expenditure_submitted(world), by=by, reason="重复")


def post_open(world):
    return ShiftFactory(post__organization=world.community).post


def post_draft(world):
    post = PostFactory(organization=world.community, draft=True)
    return ShiftFactory(post=post).post


def post_claimed(world):
    shift = ShiftFactory(post__organization=world.community)
    return ClaimFactory(shift=shift, member=world.member).shift.post


def post_with_a_past_shift(world):
    claim = ClaimFactory(past=True, shift__post__organization=world.community)
    return claim.shift.post


def post_with_a_cancelled_shift(world):
    shift = ShiftFactory(post__organization=world.community)
    return cancel_shift(shift, by=None, reason="下雨").post


def post_served(world):
    served = ServiceRecordFactory(claim__shift__post__organization=world.community)
    return served.claim.shift.post


def post_served_and_confirmed(world):
    served = ServiceRecordFactory(
        confirmed=True, claim__shift__post__organization=world.community
    )
    return served.claim.shift.post


def post_closed(world):
    return close_post(post_claimed(world), by=None, reason="需求已满足")


def hours_waiting(world):
    ServiceRecordFactory(claim__shift__post__organization=world.community)
    ServiceRecordFactory(
        claim__shift__post__organization=world.community, by=world.people["secretary"]
    )
    return reverse("volunteering:service")


def meeting_held(world):
    return MeetingFactory(organization=world.branch)


def meeting_of_a_closed_month(world):
    meeting = meeting_held(world)
    closed(world.community, meeting.month)
    return meeting


def meeting_voided(world):
    return void_meeting(meeting_held(world), by=None, reason="重复登记")


def unit_on_the_register(world):
    return world.unit


def unit_with_an_agreement(world):
    return agreement_in_force(world).unit


def unit_ended(world):
    return end_unit(UnitFactory(host=world.community), by=None, reason="搬走")


def out_of_balance(world):
    """A return of June with a member who was voided after May was published."""
    member = MemberFactory(organization=world.branch, starts_on=dt.date(2026, 5, 12))
    publish(reports_of(world, dt.date(2026, 5, 1)))
    void_member(member, by=None, reason="与花名册核对后发现录入错误")
    return [reports_of(world, dt.date(2026, 6, 1)).pk], []


def reports_of(world, month):
    """The community's return of a month."""
    open_round(world.street, month, by=None)
    return MonthlyReturn.objects.get(organization=world.community, month=month)


def member_in_transit(world):
    transfer = TransferFactory(member=MemberFactory(organization=world.branch))
    return [transfer.member.pk], []


def member_gone(world):
    member = MemberFactory(organization=world.branch)
    end_membership(member, reason=EndReason.DIED, by=None, on=today())
    return [member.pk], []


STATES = [
    agreement_without_targets,
    agreement_drafted,
    agreement_signed_by_unit,
    agreement_signed_by_community,
    agreement_in_force,
    agreement_ended,
    unit_page(agreement_without_targets),
    unit_page(agreement_drafted),
    unit_page(agreement_signed_by_unit),
    unit_page(agreement_signed_by_community),
    project_idle,
    project_of_a_draft,
    project_with_a_meeting,
    project_with_a_post,
    project_ended,
    project_run_out,
    project_voided,
    income_draft,
    income_submitted,
    income_reviewed,
    income_posted,
    income_of_a_closed_month,
    income_reviewed_of_a_closed_month,
    income_posted_and_spent,
    income_reversed,
    expenditure_submitted,
    expenditure_reviewed,
    expenditure_approved,
    expenditure_posted,
    expenditure_of_a_closed_month,
    expenditure_approved_of_a_closed_month,
    expenditure_no_longer_covered,
    expenditure_returned,
    expenditure_cancelled,
    post_open,
    post_draft,
    post_claimed,
    post_with_a_past_shift,
    post_with_a_cancelled_shift,
    post_served,
    post_served_and_confirmed,
    post_closed,
    hours_waiting,
    meeting_held,
    meeting_of_a_closed_month,
    meeting_voided,
    unit_on_the_register,
    unit_with_an_agreement,
    unit_ended,
]
NAMED = {
    "return_drafted": ("reports:return", reports.draft_args),
    "return_submitted": ("reports:return", reports.submitted_args),
    "return_sent_back": ("reports:return", reports.returned_args),
    "return_accepted": ("reports:return", reports.published_args),
    "return_out_of_balance": ("reports:return", out_of_balance),
    "member": ("members:detail", members.members),
    "member_away": ("members:detail", members.away),
    "member_checked_in": ("members:detail", members.checked_in),
    "member_in_transit": ("members:detail", member_in_transit),
    "member_gone": ("members:detail", member_gone),
    "applicant": ("members:development", members.developments),
    "developed": ("members:development", members.approved_developments),
    "member_on_probation": ("members:detail", members.on_probation),
    "own_page": ("members:me", members.settled),
    "transfer_proposed": ("members:transfer", members.proposed),
    "transfer_issued": ("members:transfer", members.issued),
    "transfer_to_outside": ("members:transfer", members.issued_to_outside),
    "transfer_coming": ("members:transfer", members.coming),
    "transfer_received": ("members:transfer", members.received),
    "letter_from_outside": ("members:transfer", members.coming_from_outside),
    "import_read": ("exchange:batch", exchange.batches),
    "import_half_refused": ("exchange:batch", exchange.half_refused),
}
