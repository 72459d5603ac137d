"""An adjustment opens to exactly the entries that make it, each with its reason."""

import datetime as dt
import itertools

import pytest
from django.urls import reverse

from members.actions import (
    end_membership,
    move_member,
    void_affiliation,
    void_end,
    void_member,
)
from members.enums import EndReason
from organizations.actions import Basis, change_organization, move_organization
from organizations.roles import Role
from reports.actions import submit_return
from reports.returns.adjustment import list_adjusted_entries
from reports.returns.balance import ADJUSTMENT
from reports.returns.cells import build_cells
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish

pytestmark = pytest.mark.django_db
MAY, IN_MAY, IN_JUNE = dt.date(2026, 5, 1), dt.date(2026, 5, 12), dt.date(2026, 6, 10)
WHY = "与花名册核对后发现录入错误"
GONE = "划归其他党组织"  # whose name the community may no longer see
VOIDED, CONTINUED = f"误录，已作废：{WHY}", "误录的转出、去世等已作废，继续计入"


def someone(branch):
    """A member of the branch since April."""
    return MemberFactory(organization=branch, starts_on=dt.date(2026, 4, 1))


# Each does something before May is published and returns what is done afterwards, which
# returns the entries expected at 东社区: name, change and reason.
def wrong_member(east, west):
    member = MemberFactory(organization=BranchFactory(parent=east), starts_on=IN_MAY)

    def correct():
        void_member(member, by=None, reason=WHY)
        return {(member.name, -1, VOIDED)}

    return correct


def wrong_end(east, reason):
    member = someone(BranchFactory(parent=east))
    end_membership(member, reason=reason, by=None, on=IN_MAY)

    def correct():
        void_end(member, by=None, reason=WHY)
        return {(member.name, 1, CONTINUED)}

    return correct


def wrong_death(east, west):
    return wrong_end(east, EndReason.DIED)


def wrong_leaving(east, west):
    return wrong_end(east, EndReason.TRANSFERRED_OUT)


def wrong_move(source, target, change, reason):
    member = someone(BranchFactory(parent=source))
    move_member(member, BranchFactory(parent=target), by=None, on=IN_MAY)

    def correct():
        row = member.affiliations.get(ends_on=None)
        void_affiliation(row, by=None, reason=WHY)
        return {(member.name, change, reason)}

    return correct


def wrong_transfer_away(east, west):
    return wrong_move(east, west, 1, CONTINUED)


def wrong_transfer_here(east, west):
    return wrong_move(west, east, -1, VOIDED)


def branch_left(east, west):
    branch = BranchFactory(parent=east)
    member = someone(branch)

    def regroup():
        change_organization(branch, by=None, on=IN_JUNE, parent=west)
        return {(member.name, -1, f"{branch.name}划归其他党组织")}

    return regroup


def branch_came(east, west):
    branch = BranchFactory(parent=west)
    member = someone(branch)

    def regroup():
        change_organization(branch, by=None, on=IN_JUNE, parent=east)
        return {(member.name, 1, f"{branch.name}由其他党组织划入")}

    return regroup


def moved_on(east, west):
    branch = BranchFactory(parent=east)
    member = someone(BranchFactory(parent=east))

    def regroup():
        move_member(member, branch, by=None, on=IN_JUNE)
        change_organization(branch, by=None, on=IN_JUNE, parent=west)
        return {(member.name, -1, "随党支部划出")}

    return regroup


def moved_within(east, west):
    member = someone(BranchFactory(parent=east))

    def move():
        move_member(member, BranchFactory(parent=east), by=None, on=IN_JUNE)
        return set()

    return move


def late_death(east, west):
    member = someone(BranchFactory(parent=east))

    def report():
        end_membership(member, reason=EndReason.DIED, by=None, on=IN_MAY)
        return set()

    return report


CASES = [
    *(wrong_member, wrong_death, wrong_leaving, wrong_transfer_away),
    *(wrong_transfer_here, branch_left, branch_came, moved_on, moved_within),
    late_death,
]
MIXES = [
    *((case,) for case in CASES),
    *itertools.combinations(CASES, 2),
    tuple(CASES),
]


@pytest.mark.parametrize("cases", MIXES, ids=lambda m: "+".join(c.__name__ for c in m))
def test_the_adjustment_opens_to_the_entries_that_make_it(client, east, west, cases):
    later = [case(east, west) for case in cases]
    for organization in (east, west):
        publish(MonthlyReturnFactory(organization=organization, month=MAY))

    expected = set().union(*(correct() for correct in later))

    june = MonthlyReturnFactory(organization=east, month=JUNE)
    entries = list_adjusted_entries(east, JUNE)
    found = {(e.row.member.name, e.change, e.full_reason) for e in entries}
    (cell,) = [c for c in build_cells(june) if c.line.indicator == ADJUSTMENT]
    assert found == expected
    assert len(entries) == len(expected)
    assert cell.reported == sum(change for _name, change, _reason in expected)
    assert bool(cell.url) == bool(expected)
    assert bool(cell.reason) == bool(expected)

    client.force_login(holder(Role.SECRETARY, east))
    page = client.get(reverse("reports:adjustment", args=[june.pk]))
    content = page.content.decode()
    assert all(why in content for _name, _n, why in expected)
    still_here = {name for name, _n, why in expected if not why.endswith(GONE)}
    assert all(name in content for name in still_here)
    assert page.context["total"] == cell.reported


def test_a_branch_that_was_placed_elsewhere_is_explained_by_the_document(east, west):
    branch = BranchFactory(parent=east)
    someone(branch)
    publish(MonthlyReturnFactory(organization=east, month=MAY))
    basis = Basis("关于调整支部隶属关系的批复", "长街工委〔2026〕7号")
    move_organization(branch, parent=west, basis=basis, on=IN_JUNE, by=None)

    june = MonthlyReturnFactory(organization=east, month=JUNE)

    (cell,) = [c for c in build_cells(june) if c.line.indicator == ADJUSTMENT]
    assert cell.reason == (
        f"{branch.name}划归其他党组织（依据：长街工委〔2026〕7号）（−1）"
    )


def test_corrections_that_cancel_out_are_still_shown_and_handed_up(client, east, west):
    later = [case(east, west) for case in (wrong_member, wrong_death)]
    publish(MonthlyReturnFactory(organization=east, month=MAY))
    for correct in later:
        correct()
    june = MonthlyReturnFactory(organization=east, month=JUNE)

    submit_return(june, by=holder(Role.SECRETARY, east))

    (cell,) = [c for c in build_cells(june) if c.line.indicator == ADJUSTMENT]
    client.force_login(holder(Role.SECRETARY, east))
    for name in ("reports:return", "reports:paper"):
        page = client.get(reverse(name, args=[june.pk])).content.decode()
        assert cell.reason in page
    assert (cell.reported, cell.url != "") == (0, True)
    assert "（+1）" in cell.reason
    assert "（−1）" in cell.reason


def test_names_are_shown_to_who_keeps_the_records_alone(client, east, west, city):
    correct = wrong_member(east, west)
    publish(MonthlyReturnFactory(organization=east, month=MAY))
    ((name, _change, _why),) = correct()
    june = MonthlyReturnFactory(organization=east, month=JUNE)
    client.force_login(holder(Role.CITY_OFFICER, city))

    page = client.get(reverse("reports:adjustment", args=[june.pk]))

    assert page.context["total"] == -1
    assert name not in page.content.decode()
