"""Which Party organization covers each new organization, and which none covers."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import cover_unit, end_cover, void_cover
from communities.covers import COVERAGES
from communities.models import UnitCover
from communities.staffing_errors import (
    CoverEnded,
    CoverOfElsewhere,
    CoverUnlikeItsKind,
    EntryVoided,
    UnitLeftTheRegister,
)
from core.errors import ConstraintViolated
from core.months import today
from core.registries.todos import todo_sources
from figures.coverage import Share
from organizations.actions import end_unit, merge_organization
from organizations.actions.changes import Basis
from organizations.errors import NotFoundedYet
from tests.factories.communities import UnitCoverFactory
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    UnitFactory,
)
from tests.shares import share_by_child

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def firm(east):
    """A private firm of the east community."""
    return UnitFactory(name="汉水纺织公司", sector="2", host=east)


@pytest.fixture
def shops(east):
    """An association of the east community."""
    return UnitFactory(name="商户协会", sector="8", host=east)


def names(answer):
    return [row.record.name for row in answer.context["table"].rows]


def share(key, node):
    coverage = next(c for c in COVERAGES if c.key == key)
    found = sum(share_by_child(coverage, node, today()).values(), Share())
    return found.covered, found.expected


@pytest.mark.mission("S2-28")
def test_every_new_organization_shows_its_branch_or_that_none_covers_it(
    enter, secretary, east, branch, firm, shops
):
    UnitFactory(name="第一小学", sector="5", host=east)
    browser = enter(secretary)
    uncovered = names(browser.get(address("covers"), {"cover": "none"}))
    before = share("new_organizations_covered", east)

    browser.post(
        address("cover_unit", firm.pk),
        {"kind": "own_branch", "organization": branch.pk, "starts_on": "2026-03-01"},
    )

    page = browser.get(firm.get_absolute_url()).content.decode()
    assert "单独组建党支部" in page
    assert branch.name in page
    assert uncovered == ["商户协会", "汉水纺织公司"]
    assert names(browser.get(address("covers"), {"cover": "none"})) == ["商户协会"]
    assert names(browser.get(address("covers"), {"cover": "own_branch"})) == [
        "汉水纺织公司"
    ]
    assert (before, share("new_organizations_covered", east)) == ((0, 2), (1, 2))
    lacking = reverse("reports:lacking", args=[east.pk, "new_organizations_covered"])
    shown = browser.get(lacking).content.decode()
    assert "商户协会" in shown
    assert "汉水纺织公司" not in shown


@pytest.mark.mission("S2-28")
def test_one_cover_follows_the_other_and_what_was_stays(firm, east, branch):
    first = cover_unit(
        firm,
        kind="catch_all",
        organization=east,
        contact="周敏",
        starts_on=MARCH,
        by=None,
    )
    second = cover_unit(
        firm, kind="own_branch", organization=branch, starts_on=MAY, by=None
    )

    first.refresh_from_db()
    assert (first.until, second.ends_on) == (dt.date(2026, 4, 30), None)
    with pytest.raises(ConstraintViolated, match="已登记"):
        cover_unit(firm, kind="own_branch", organization=branch, starts_on=MAY, by=None)
    void_cover(second, by=None, reason="误录")
    first.refresh_from_db()
    assert first.ends_on is None
    with pytest.raises(EntryVoided):
        void_cover(second, by=None, reason="误录")


@pytest.mark.mission("S4-26")
def test_a_small_firm_that_the_community_looks_after_has_a_contact_and_is_listed(
    enter, secretary, east, shops
):
    browser = enter(secretary)
    form = {"kind": "catch_all", "organization": east.pk, "starts_on": "2026-03-01"}
    refused = browser.post(address("cover_unit", shops.pk), form)
    browser.post(address("cover_unit", shops.pk), {**form, "contact": "周敏"})

    page = browser.get(address("covers"), {"cover": "catch_all"})
    assert "指导员或联系人" in refused.content.decode()
    assert names(page) == ["商户协会"]
    assert "周敏" in page.content.decode()
    assert share("new_organizations_branch", east) == (0, 1)


@pytest.mark.mission("S4-26")
def test_no_statement_leaves_a_firm_without_branch_and_without_contact(shops):
    cover = UnitCoverFactory(unit=shops)

    with pytest.raises(IntegrityError), transaction.atomic():
        UnitCover.objects.filter(pk=cover.pk).update(contact="")


def test_an_organization_fits_the_kind_of_cover(firm, east, branch):
    with pytest.raises(CoverUnlikeItsKind, match="联合组建"):
        cover_unit(firm, kind="joint_branch", organization=branch, by=None)
    with pytest.raises(CoverUnlikeItsKind, match=east.name):
        cover_unit(firm, kind="own_branch", organization=east, by=None)


def test_a_cover_that_ends_leaves_the_unit_to_none(firm, branch):
    cover = cover_unit(
        firm, kind="own_branch", organization=branch, starts_on=MARCH, by=None
    )
    end_cover(cover, by=None, reason="支部撤销")

    with pytest.raises(CoverEnded):
        end_cover(cover, by=None, reason="支部撤销")
    assert not UnitCover.objects.current().filter(unit=firm).exists()


def test_a_unit_off_the_register_is_covered_no_more(firm, branch):
    cover = cover_unit(
        firm, kind="own_branch", organization=branch, starts_on=MARCH, by=None
    )
    end_unit(firm, by=None, reason="注销")

    cover.refresh_from_db()
    assert cover.ends_on == today()
    with pytest.raises(UnitLeftTheRegister):
        cover_unit(firm, kind="own_branch", organization=branch, by=None)


def test_what_a_dissolved_branch_covered_is_covered_by_none_until_entered_anew(
    firm, east, branch, staff
):
    other = BranchFactory(name="第二支部", parent=east)
    cover = cover_unit(
        firm, kind="own_branch", organization=branch, starts_on=MARCH, by=None
    )
    merge_organization(branch, target=other, on=today(), by=staff, basis=Basis("批复"))

    cover.refresh_from_db()
    assert cover.ends_on == today()


def test_a_secretary_of_elsewhere_covers_nothing_here(enter, stranger, firm, branch):
    browser = enter(stranger)
    browser.post(
        address("cover_unit", firm.pk),
        {"kind": "own_branch", "organization": branch.pk},
    )

    assert not UnitCover.objects.exists()
    assert names(browser.get(address("covers"))) == []


def cover(unit, organization, kind="own_branch", day=MARCH, **kwargs):
    values = {"kind": kind, "organization": organization, "starts_on": day}
    return cover_unit(unit, by=None, **values, **kwargs)


def test_nobody_covers_before_they_were_founded(firm, east):
    new = BranchFactory(name="新支部", parent=east, starts_on=MAY)
    joint = BranchFactory(
        name="新联合支部", parent=east, kind="joint_branch", starts_on=MAY
    )
    late = CommunityFactory(name="新社区", parent=east.parent, starts_on=MAY)
    there = UnitFactory(name="新社区的协会", sector="8", host=late)

    for unit, place, kind in (
        (firm, new, "own_branch"),
        (firm, joint, "joint_branch"),
        (there, late, "catch_all"),
    ):
        with pytest.raises(NotFoundedYet, match="才成立"):
            cover(unit, place, kind, day=MAY - dt.timedelta(days=1), contact="周敏")


def test_an_own_branch_and_who_looks_after_a_unit_are_of_its_community(firm, east):
    elsewhere = CommunityFactory(name="西社区", parent=east.parent)
    branch = BranchFactory(name="西支部", parent=elsewhere)
    joint = BranchFactory(name="西联合支部", parent=elsewhere, kind="joint_branch")

    with pytest.raises(CoverOfElsewhere, match="西社区"):
        cover(firm, branch)
    with pytest.raises(CoverOfElsewhere):
        cover(firm, elsewhere, "catch_all", contact="周敏")

    assert cover(firm, joint, "joint_branch").organization == joint


def test_a_branch_is_the_own_branch_of_one_unit_at_a_time(firm, shops, branch):
    cover(firm, branch)
    with pytest.raises(ConstraintViolated, match="单独组建"):
        cover(shops, branch, day=MAY)
    end_cover(firm.covers.get(), by=None, reason="改联合组建", on=MAY)

    assert cover(shops, branch, day=MAY).unit == shops


def test_the_answer_says_which_cover_ended_by_the_new_one(
    enter, secretary, east, firm, branch
):
    cover(firm, east, "catch_all", contact="周敏")

    page = enter(secretary).post(
        address("cover_unit", firm.pk),
        {"kind": "own_branch", "organization": branch.pk, "starts_on": "2026-05-01"},
        follow=True,
    )

    assert f"原由{east.name}的覆盖随之终止，最后一天为2026年4月30日" in (
        page.content.decode()
    )


def test_a_cover_ends_on_the_day_that_is_typed(enter, secretary, firm, branch):
    row = cover(firm, branch)
    browser = enter(secretary)
    form = {"reason": "支部撤销"}
    page = browser.post(address("end_cover", row.pk), {**form, "on": "2026-02-01"})
    browser.post(address("end_cover", row.pk), {**form, "on": "2026-05-01"})

    row.refresh_from_db()
    assert "请核对日期" in page.content.decode()
    assert row.ends_on == MAY


@pytest.mark.mission("S4-26")
def test_a_firm_that_nobody_covers_stands_on_the_desk_also_after_a_merge(
    secretary, staff, firm, east, branch
):
    find = todo_sources.get("communities.covers").find
    uncovered = [todo.count for todo in find(secretary, today())]
    cover(firm, branch)
    covered = [*find(secretary, today())]

    other = BranchFactory(name="第二支部", parent=east)
    merge_organization(branch, target=other, on=today(), by=staff, basis=Basis("批复"))

    (todo,) = find(secretary, today())
    assert (uncovered, covered, todo.count) == ([1], [], 1)
    assert todo.url == f"{address('covers')}?cover=none"


@pytest.mark.mission("S0-13")
def test_the_list_by_who_covers_has_what_the_card_counts(enter, secretary, east, firm):
    UnitFactory(name="无人覆盖", sector="8", host=east)
    cover(firm, east, "catch_all", contact="周敏")

    listed = enter(secretary).get(address("covers"), {"by": east.pk})

    assert names(listed) == ["汉水纺织公司"]
