"""Rooms, squares and points of service: what there is, its use, and what is missing."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import change_facility, give_up_facility, void_facility
from communities.facilities import missing_kinds, required_kinds
from communities.facility_errors import (
    FacilityGivenUp,
    FacilityGoesTooEarly,
    FacilityVoided,
)
from communities.indicators import indicators
from communities.models import Facility
from core.errors import ConstraintViolated
from core.web.edit_conflicts import VERSION_TOKEN
from organizations.actions import end_organization, merge_organization
from organizations.errors import OrganizationEnded
from organizations.models import CodeItem, Organization
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.facilities import FacilityFactory
from tests.factories.organizations import CommunityFactory
from tests.html import hidden
from tests.organizations.test_random_trees import faults
from tests.organizations.test_voided_decisions import decide, void

pytestmark = pytest.mark.django_db
ROOM = {
    "kind": "culture_room",
    "name": "二楼文体活动室",
    "location": "社区办公楼二楼",
    "area": "120",
    "signs": "文体活动室\n老年学校\n家长学校",
    "real_use": "平时用作仓库",
    "open_hours": "每天8:00—18:00",
    "shared_with": "社区老年协会",
    "lacks": "音响损坏",
    "starts_on": "2026-03-01",
}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def listed(browser, view="facilities", **asked):
    page = browser.get(address(view), asked)
    return [row.record for row in page.context["table"].rows]


@pytest.mark.mission("S1-31", "S1-33", "S4-14", "S4-15")
def test_a_room_under_several_signs_is_listed_by_kind_with_its_real_use(
    enter, staff, secretary, east
):
    browser = enter(secretary)
    assert (
        address("record_facility", east.pk) in browser.get(east.get_absolute_url()).text
    )
    browser.post(address("record_facility", east.pk), ROOM)
    FacilityFactory(organization=east, kind="police_point", name="警务室")

    room = Facility.objects.get(name="二楼文体活动室")
    for asked in (
        {"kind": "culture_room"},
        {"state": "signs"},
        {"state": "otherwise"},
        {"state": "lacks"},
        {"state": "shared"},
        {"name": "文体"},
    ):
        assert listed(browser, **asked) == [room], asked
    assert len(listed(enter(staff), organization=east.pk, state="used")) == 2
    page = enter(secretary).get(room.get_absolute_url()).text
    for shown in ("文体活动室、老年学校、家长学校", "平时用作仓库", "120"):
        assert shown in page


@pytest.mark.mission("S1-38")
def test_what_every_community_has_to_have_and_lacks_is_listed(
    enter, secretary, staff, east
):
    required = [code for code, _label in required_kinds()]
    for code in required[1:]:
        FacilityFactory(organization=east, kind=code)
    lacking = dict(required_kinds())[required[0]]
    browser = enter(secretary)

    assert missing_kinds([east.pk]) == {east.pk: [lacking]}
    assert f"缺少：{lacking}" in browser.get(east.get_absolute_url()).text
    assert lacking in browser.get(address("missing_facilities")).text
    assert listed(browser, "missing_facilities", kind=required[0]) == [east]
    assert east not in listed(enter(staff), "missing_facilities", kind=required[1])
    CodeItem.objects.filter(code_list="facility_kinds", code=required[0]).update(
        attributes={}
    )
    assert missing_kinds([east.pk]) == {east.pk: []}


@pytest.mark.mission("S1-45")
def test_works_on_a_room_go_from_planned_to_accepted(enter, secretary, east):
    room = FacilityFactory(organization=east)
    browser = enter(secretary)
    url = address("change_facility", room.pk)
    for stage in ("planned", "under_way", "accepted"):
        token = hidden(browser.get(url), VERSION_TOKEN)
        works = {"works": "屋面防水维修", "works_stage": stage, VERSION_TOKEN: token}
        browser.post(url, {**ROOM, **works})
        assert listed(browser, works_stage=stage) == [room]
    assert "屋面防水维修" in browser.get(room.get_absolute_url()).text
    with pytest.raises(ConstraintViolated, match="进度"):
        change_facility(room, by=None, works_stage="")


def test_rooms_in_use_at_month_end_count_by_kind(east):
    FacilityFactory(organization=east)
    room = FacilityFactory(organization=east, kind="square")
    give_up_facility(room, by=None, reason="征收", on=dt.date(2026, 4, 10))

    count = indicators.get("facilities").rows
    assert count(dt.date(2026, 3, 1)).count() == 2
    assert [row.kind for row in count(dt.date(2026, 4, 1))] == ["party_room"]


def test_nothing_is_recorded_as_in_use_at_a_place_that_ended():
    place = CommunityFactory()
    end_organization(place, by=None, reason="撤销")

    with pytest.raises(OrganizationEnded):
        FacilityFactory(organization=Organization.objects.get(pk=place.pk))


def test_what_was_given_up_or_voided_is_left_as_it_is(enter, secretary, east):
    room = FacilityFactory(organization=east)
    with pytest.raises(FacilityGoesTooEarly):
        give_up_facility(room, by=None, reason="征收", on=room.starts_on)
    give_up_facility(room, by=None, reason="征收")
    with pytest.raises(FacilityGivenUp):
        change_facility(room, by=None, lacks="门")
    assert listed(enter(secretary), state="gone") == [room]
    void_facility(room, by=None, reason="误录")

    with pytest.raises(FacilityVoided):
        void_facility(room, by=None, reason="误录")


def test_rooms_go_along_with_a_merger_and_come_back(west):
    source = CommunityFactory(parent=west.parent)
    room = FacilityFactory(organization=source, name="活动室")
    FacilityFactory(organization=west, name="活动室")
    change = decide(merge_organization, source, target=west)
    room.refresh_from_db()
    assert (room.organization, room.name != "活动室") == (west, True)

    void(change)

    room.refresh_from_db()
    assert (room.organization, room.name) == (source, "活动室")
    assert faults() == []


def test_the_city_looks_and_does_not_write(client, east):
    room = FacilityFactory(organization=east)
    client.force_login(holder(Role.CITY_OFFICER, east.parent.parent))

    assert client.get(room.get_absolute_url()).status_code == 200
    assert client.get(address("change_facility", room.pk)).status_code == 403


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("works", "防水", "facility_works_have_a_stage"),
        ("area", 0, "facility_area"),
        ("ends_on", dt.date(2026, 3, 1), "facility_ends_after_start"),
    ],
)
def test_the_database_refuses_a_room_that_makes_no_sense(east, column, value, name):
    room = FacilityFactory(organization=east)

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        Facility.objects.filter(pk=room.pk).update(**{column: value})
