"""`verify` finds what was changed in figures of closed months without an action."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.proofs import find_rows_without_action
from core.registries.invariants import invariants
from figures.actions import begin_closed_figures, recount
from figures.models import ClosedFigures, Figure
from organizations.actions import change_organization
from organizations.errors import MonthIsClosed
from tests.factories.figures import ClosedFiguresFactory, FigureFactory, recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, closed
from tests.factories.reports import JULY, JUNE, MonthlyReturnFactory, publish
from tests.messages import rule
from tests.tampering import DELETED, Target, owner_of_the_tables, tamper

APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
COLUMNS = ["organization_id", "path", "month", "indicator", "tier", "value", DELETED]


@pytest.fixture
def june(east, branch, roll):
    """东社区, with members in two branches, has published June as its first month."""
    second = BranchFactory(name="东社区第二支部", parent=east)
    MemberFactory(organization=second, starts_on=dt.date(2026, 5, 3))
    recount_all()
    publish(MonthlyReturnFactory(organization=east))
    recount_all()
    return Figure.objects.filter(month=JUNE)


def found():
    """What `verify` says of the figures of closed and of open months."""
    keys = ("figures.closed", "reports.figures")
    return [line for key in keys for line in invariants.get(key).broken()]


def changed(organization, month):
    return f"{month:%Y-%m} figures of organization {organization.pk}: changed"


def test_what_actions_closed_is_as_it_was(june, branch):
    assert found() == []
    assert {*ClosedFigures.objects.values_list("month", flat=True)} == {
        APRIL,
        MAY,
        JUNE,
    }
    assert not ClosedFigures.objects.filter(month=JULY).exists()


@pytest.mark.parametrize("month", [JUNE, JULY], ids=str)
def test_a_figure_changed_by_the_owner_of_the_tables_is_found(june, branch, month):
    row = Figure.objects.get(
        organization=branch, month=month, indicator="members_closing"
    )

    for column in COLUMNS:
        with owner_of_the_tables():
            assert tamper(Target(Figure, column), row.pk)
            named = [line for line in found() if f"organization {branch.pk}" in line]
        assert any(line.startswith(f"{month:%Y-%m}") for line in named), column
    assert found() == []


@pytest.mark.parametrize("key", ["members_opening", "fund_balance"])
def test_a_figure_that_no_line_sums_up_is_found(june, branch, key):
    values = {"indicator": key, "organization": branch, "month": JUNE}
    Figure.objects.update_or_create(
        defaults={"value": Decimal(8), "path": branch.path, "tier": "own"}, **values
    )

    assert found() == [changed(branch, JUNE)]


def test_members_moved_between_two_branches_of_one_community_are_found(june, branch):
    second = BranchFactory._meta.model.objects.get(name="东社区第二支部")
    closing = june.filter(indicator="members_closing")
    closing.filter(organization=branch).update(value=2)
    closing.filter(organization=second).update(value=2)

    assert found() == [changed(branch, JUNE), changed(second, JUNE)]


@pytest.mark.parametrize("indicator", ["", "no_such_figure"])
@pytest.mark.parametrize("month", [JUNE, JULY], ids=str)
def test_a_figure_of_no_indicator_is_found(june, branch, month, indicator):
    FigureFactory(organization=branch, month=month, indicator=indicator)

    assert len(found()) == 1


def test_a_figure_invented_for_an_organization_without_any_is_found(june, east):
    empty = BranchFactory(parent=east, starts_on=APRIL)
    row = FigureFactory(organization=empty, month=JUNE, indicator="projects")

    assert found()[:1] == [f"2026-06 figures of organization {empty.pk}: inserted"]

    Figure.objects.filter(pk=row.pk).update(month=dt.date(2026, 3, 1))
    assert f"2026-03 'projects' of organization {empty.pk}: not founded yet" in found()


def test_a_digest_is_itself_a_row_that_only_actions_write(june, branch):
    row = ClosedFigures.objects.get(organization=branch, month=JUNE)
    ClosedFigures.objects.filter(pk=row.pk).update(digest="0" * 64)

    assert found() == [changed(branch, JUNE)]
    assert list(find_rows_without_action()) == [
        f"figures.ClosedFigures {row.pk}: changed without an action"
    ]


@pytest.fixture
def corrected(june, branch):
    """Rows of June that were corrected behind the closed month's back."""
    member = MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 9))
    assert member.affiliations.get().start_month == JULY
    branch.affiliations.filter(start_month=JULY).update(start_month=JUNE)
    return june.get(organization=branch, indicator="members_closing")


@pytest.mark.parametrize("tampered", [False, True])
def test_a_recount_renews_the_digest_of_what_matched_before_it(
    corrected, branch, tampered
):
    if tampered:
        Figure.objects.filter(pk=corrected.pk).update(value=9)

    recount([branch.pk], JUNE)

    corrected.refresh_from_db()
    assert corrected.value == 4
    lines = list(invariants.get("figures.closed").broken())
    assert lines == ([changed(branch, JUNE)] if tampered else [])


def test_months_closed_before_there_were_digests_get_them_once(june, branch):
    before = {*ClosedFigures.objects.values_list("organization", "month", "digest")}
    ClosedFigures.objects.all().delete()
    assert found() != []

    begin_closed_figures()

    after = {*ClosedFigures.objects.values_list("organization", "month", "digest")}
    assert after == before
    june.filter(organization=branch, indicator="members_closing").update(value=9)
    begin_closed_figures()
    assert changed(branch, JUNE) in found()


def test_a_later_closing_digests_the_months_since_the_last_alone(june, east, branch):
    ClosedFigures.objects.filter(month=MAY).delete()

    closed(east, JULY)

    months = ClosedFigures.objects.filter(organization=branch).values_list("month")
    assert {month for (month,) in months} == {APRIL, JUNE, JULY}


@pytest.mark.parametrize("from_closed", [True, False])
def test_nothing_is_regrouped_in_a_month_that_is_closed_on_either_side(
    june, east, west, branch, west_branch, from_closed
):
    moved, to = (branch, west) if from_closed else (west_branch, east)
    path = moved.path

    with pytest.raises(MonthIsClosed):
        change_organization(moved, by=None, on=dt.date(2026, 6, 15), parent=to)

    moved.refresh_from_db()
    assert moved.path == path


def test_a_name_may_change_in_a_closed_month(june, branch):
    renamed = change_organization(
        branch,
        by=None,
        on=dt.date(2026, 6, 15),
        name="新名字支部",
        parent=branch.parent,
    )

    assert renamed.name == "新名字支部"
    assert found() == []


def test_a_closed_month_has_one_digest(east):
    row = ClosedFiguresFactory(organization=east)
    assert f"{row}" == "东社区 2026年5月"
    row.pk, row._state.adding = None, True

    with pytest.raises(ValidationError, match=rule("closedfigures_once")):
        row.full_clean()
    row.month = dt.date(2026, 5, 2)
    with (
        pytest.raises(IntegrityError, match="closedfigures_is_of_a_month"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)
