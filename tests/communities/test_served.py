"""Who is there for which place: instructors, leaders, work groups, and their visits."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import (
    leave_place,
    serve_place,
    set_up_body,
    settle_visit,
    take_seat,
    vacate_seat,
    void_visit,
)
from communities.coverage import COVERAGES
from communities.enums import Filling, VacatingReason
from communities.indicators import indicators
from communities.models import BodyKind, ServedPlace, Visit
from communities.staffing_errors import (
    NothingToSettle,
    PlaceLeft,
    VisitedTooEarly,
    VisitVoided,
)
from core.errors import ConstraintViolated
from core.months import today
from core.registries.todos import todos_for
from tests.factories.communities import ServedPlaceFactory, VisitFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.shares import share_by_child

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 3, 1)


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def seated(place, code, *names, branch):
    """Set up a body and let members of these names take its seats."""
    kind = BodyKind.objects.get(code=code)
    body = set_up_body(place, kind=kind, by=None, starts_on=SINCE)
    plain = kind.seat_kinds.latest("position")
    for number, name in enumerate(names):
        take_seat(
            body.seats.create(kind=plain, number=50 + number, starts_on=SINCE),
            by=None,
            member=MemberFactory(name=name, organization=branch),
            channel=Filling.APPOINTMENT,
            starts_on=SINCE,
        )
    return body


def holding_of(body, name):
    return body.seats.get(holdings__member__name=name).holdings.get()


def share(key, node):
    coverage = next(c for c in COVERAGES if c.key == key)
    return sum(s.covered for s in share_by_child(coverage, node, today()).values())


@pytest.mark.mission("S3-07")
def test_an_instructor_has_a_branch_and_keeps_a_log_of_visits_until_all_is_done(
    enter, staff, street, east, branch
):
    body = seated(street, "instructors", "李明", branch=branch)
    holding = holding_of(body, "李明")
    browser = enter(staff)
    browser.post(
        address("serve_by_seat", holding.pk),
        {"organization": branch.pk, "starts_on": "2026-03-01"},
    )
    place = ServedPlace.objects.get()
    seen = {
        "kind": "visit",
        "visited_on": "2026-05-10",
        "seen": "会议记录不全",
        "problem": "补记录",
    }
    browser.post(address("record_visit", place.pk), seen)
    before = [str(todo.label) for todo in todos_for(staff, today())]
    listed = browser.get(address("served_places"), {"visits": "open"})
    rows = [row.record for row in listed.context["table"].rows]

    visit = Visit.objects.get()
    done = {"outcome": "已补齐三个月", "on": "2026-06-01"}
    browser.post(address("settle_visit", visit.pk), done)

    page = browser.get(place.get_absolute_url()).content.decode()
    for shown in ("李明", "东社区第一支部", "会议记录不全", "补记录", "已补齐三个月"):
        assert shown in page
    assert rows == [place]
    label = "走访发现的问题待解决"
    assert label in before
    assert label not in [str(todo.label) for todo in todos_for(staff, today())]
    assert indicators.get("visits").rows(dt.date(2026, 5, 1)).count() == 1
    assert share("branches_instructor", east) == 1


@pytest.mark.mission("S3-07")
def test_an_instructor_and_a_branch_have_one_another_alone(street, east, branch):
    body = seated(street, "instructors", "李明", "韩雪", branch=branch)
    first, second = holding_of(body, "李明"), holding_of(body, "韩雪")
    serve_place(first, organization=branch, starts_on=SINCE, by=None)

    with pytest.raises(ConstraintViolated, match="已有指导员"):
        serve_place(second, organization=branch, by=None)
    with pytest.raises(ConstraintViolated, match="只联系一个党支部"):
        serve_place(first, organization=BranchFactory(parent=east), by=None)

    vacate_seat(first, by=None, reason=VacatingReason.MOVED)
    assert serve_place(second, organization=branch, by=None).pk


@pytest.mark.mission("S2-03")
def test_a_leader_has_a_contact_community_with_visits_problems_and_what_was_done(
    enter, staff, secretary, street, east, branch
):
    body = seated(street, "contact_leaders", "赵刚", branch=branch)
    browser = enter(staff)
    browser.post(
        address("serve_by_seat", holding_of(body, "赵刚").pk),
        {"organization": east.pk, "starts_on": "2026-03-01"},
    )
    place = ServedPlace.objects.get()
    visit = VisitFactory(place=place, problem="活动室漏水")
    settle_visit(visit, outcome="街道已维修", by=staff, on=dt.date(2026, 6, 1))

    page = enter(secretary).get(place.get_absolute_url()).content.decode()

    for shown in ("赵刚", "东社区", "活动室漏水", "街道已维修"):
        assert shown in page
    assert share("communities_contact", street) == 1


@pytest.mark.mission("S1-02")
def test_a_work_group_names_who_is_in_it_and_the_communities_it_is_for(
    enter, staff, street, east, west, branch
):
    body = seated(street, "work_group", "李明", "韩雪", branch=branch)
    browser = enter(staff)
    for place in (east, west):
        browser.post(
            address("serve_by_body", body.pk),
            {"organization": place.pk, "starts_on": "2026-03-01"},
        )

    page = browser.get(body.get_absolute_url())

    assert [p.organization for p in page.context["places"]] == [east, west]
    text = page.content.decode()
    for shown in ("李明", "韩雪", "东社区", "西社区"):
        assert shown in text


def test_nobody_visits_before_they_are_there_or_after_they_left():
    place = ServedPlaceFactory()
    with pytest.raises(VisitedTooEarly):
        VisitFactory(place=place, visited_on=dt.date(2026, 2, 1))
    leave_place(place, by=None, reason="轮换")

    with pytest.raises(PlaceLeft):
        VisitFactory(place=place)
    assert not ServedPlace.objects.current().exists()


def test_an_entry_of_today_is_voided_where_it_ends_today():
    place = ServedPlaceFactory(starts_on=today())

    leave_place(place, by=None, reason="误录")

    assert not ServedPlace.objects.exists()


def test_a_problem_is_settled_once_and_a_voided_visit_is_left_as_it_is():
    visit = VisitFactory()
    settle_visit(visit, outcome="已维修", by=None)
    with pytest.raises(NothingToSettle):
        settle_visit(visit, outcome="已维修", by=None)
    void_visit(visit, by=None, reason="误录")

    with pytest.raises(VisitVoided):
        void_visit(visit, by=None, reason="误录")
    assert not indicators.get("visits").rows(dt.date(2026, 5, 1)).exists()


@pytest.mark.parametrize(
    ("model", "make", "column", "value", "name"),
    [
        (ServedPlace, ServedPlaceFactory, "holding", None, "servedplace_by_one"),
        (ServedPlace, ServedPlaceFactory, "ends_on", SINCE, "servedplace_ends_after"),
        (Visit, VisitFactory, "outcome", "好", "visit_settled_with_an_outcome"),
        (Visit, VisitFactory, "void_reason", "误", "visit_voided_says_why"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(model, make, column, value, name):
    row = make()

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        model.objects.filter(pk=row.pk).update(**{column: value})
