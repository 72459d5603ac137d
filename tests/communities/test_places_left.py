"""Places served end with the seat or the body by which they are served."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from communities.actions import (
    end_body,
    serve_place,
    set_up_body,
    vacate_seat,
    void_body,
    void_holding,
    void_leaving,
)
from communities.enums import VacatingReason
from communities.indicators import indicators
from communities.models import BodyKind, ServedPlace
from communities.staffing_errors import PlaceLeft
from core.registries.invariants import invariants
from members.actions import end_membership
from members.enums import EndReason
from organizations.actions import (
    Basis,
    end_organization,
    merge_organization,
    void_decision,
)
from organizations.models import OrganizationChange, RecountRequest
from organizations.unsettled import unsettled_before_merge
from tests.communities.test_served import SINCE, holding_of, seated
from tests.factories.communities import ServedPlaceFactory, VisitFactory
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 1)
BASIS = Basis("关于调整党支部设置的批复", "8号", "南城街道党工委", dt.date(2026, 1, 5))


@pytest.fixture
def instructors(street, branch):
    """李明 and 韩雪 are instructors."""
    return seated(street, "instructors", "李明", "韩雪", branch=branch)


@pytest.fixture
def first(instructors):
    return holding_of(instructors, "李明")


@pytest.fixture
def second(instructors):
    return holding_of(instructors, "韩雪")


@pytest.fixture
def empty(east):
    """A branch without members."""
    return BranchFactory(parent=east)


@pytest.fixture
def served(first, empty):
    """The branch that 李明 is there for."""
    return serve_place(first, organization=empty, starts_on=SINCE, by=None)


def leave(holding):
    vacate_seat(holding, by=None, reason=VacatingReason.MOVED, on=JUNE)


def die(holding):
    end_membership(holding.member, reason=EndReason.DIED, by=None, on=JUNE)


def end_its_body(holding):
    end_body(holding.seat.body, by=None, reason="撤销", on=JUNE)


@pytest.mark.parametrize("end", [leave, die, end_its_body])
def test_a_place_ends_on_the_day_its_server_leaves_the_seat(served, first, empty, end):
    end(first)

    served.refresh_from_db()
    assert served.ends_on == JUNE
    entry = AuditEntry.objects.filter(subject_type="communities.ServedPlace").latest(
        "pk"
    )
    assert entry.action == "communities.end_places"
    with pytest.raises(PlaceLeft):
        VisitFactory(place=served)
    assert end_organization(empty, by=None, reason="撤并").ended_on


def test_a_place_served_by_a_seat_held_by_mistake_is_voided(
    served, first, second, empty
):
    VisitFactory(place=served)
    RecountRequest.objects.all().delete()

    void_holding(first, by=None, reason="误录")

    served.refresh_from_db()
    assert served.void_reason == "误录"
    assert not indicators.get("visits").rows(dt.date(2026, 5, 1)).exists()
    asked = RecountRequest.objects.filter(organization=empty, month=dt.date(2026, 5, 1))
    assert asked.exists()
    with pytest.raises(PlaceLeft):
        VisitFactory(place=served)
    assert serve_place(second, organization=empty, by=None).pk


def test_a_place_ends_with_the_body_that_serves_it(street, east):
    kind = BodyKind.objects.get(code="work_group")
    body = set_up_body(street, kind=kind, by=None, starts_on=SINCE)
    place = serve_place(body, organization=east, starts_on=SINCE, by=None)

    end_body(body, by=None, reason="撤销", on=JUNE)

    place.refresh_from_db()
    assert place.ends_on == JUNE


def test_a_place_of_a_body_set_up_by_mistake_is_voided(street, east):
    kind = BodyKind.objects.get(code="work_group")
    body = set_up_body(street, kind=kind, by=None, starts_on=SINCE)
    serve_place(body, organization=east, starts_on=SINCE, by=None)

    void_body(body, by=None, reason="误录")

    assert not ServedPlace.objects.exists()


def test_a_place_is_served_again_where_the_leaving_was_a_mistake(served, first):
    leave(first)
    first.refresh_from_db()

    void_leaving(first, by=None, reason="误录")

    served.refresh_from_db()
    assert served.ends_on is None


def test_a_place_that_has_another_instructor_by_now_stays_left(
    served, first, second, empty
):
    leave(first)
    serve_place(second, organization=empty, by=None)
    first.refresh_from_db()

    void_leaving(first, by=None, reason="误录")

    served.refresh_from_db()
    assert served.ends_on == JUNE


def merged(source, target):
    """Dissolve an organization from June on, and return the decision."""
    merge_organization(source, target=target, basis=BASIS, on=JUNE, by=None)
    return OrganizationChange.objects.get(organization=source)


def test_a_place_served_ends_on_the_day_of_a_merger_and_comes_back_with_it(
    served, empty, branch
):
    change = merged(empty, branch)
    served.refresh_from_db()
    assert served.ends_on == JUNE

    void_decision(change, by=None, reason="误录")

    served.refresh_from_db()
    assert served.ends_on is None


def test_a_dissolved_community_with_a_body_of_its_own_gets_its_places_back(
    street, east, empty
):
    source = CommunityFactory(parent=street)
    body = set_up_body(
        source,
        kind=BodyKind.objects.get(code="work_group"),
        by=None,
        starts_on=SINCE,
    )
    places = [
        serve_place(body, organization=place, starts_on=SINCE, by=None)
        for place in (source, empty)
    ]

    change = merged(source, east)
    assert [p.ends_on for p in ServedPlace.objects.order_by("pk")] == [JUNE, JUNE]
    void_decision(change, by=None, reason="误录")

    assert [*ServedPlace.objects.filter(ends_on=None).order_by("pk")] == places


def test_a_merger_is_not_offered_where_a_place_would_refuse_it(served, empty):
    assert unsettled_before_merge(empty) == []
    ServedPlace.objects.update(ends_on=dt.date(2026, 8, 1))

    found = unsettled_before_merge(empty)

    assert [row for one in found for row in one.rows] == [served]
    assert all(one.everywhere for one in found)


def test_a_visit_to_a_place_entered_by_mistake_counts_in_no_figure():
    place = ServedPlaceFactory()
    VisitFactory(place=place)
    assert indicators.get("visits").rows(dt.date(2026, 5, 1)).exists()
    place.save(update_fields=place.void("误录"))

    assert not indicators.get("visits").rows(dt.date(2026, 5, 1)).exists()


def test_verify_finds_places_that_go_on_without_their_server(served, first):
    assert [*invariants.get("communities.places").broken()] == []
    leave(first)
    ServedPlace.objects.update(ends_on=None)

    found = [*invariants.get("communities.places").broken()]

    assert found == [f"place served {served.pk}"]
