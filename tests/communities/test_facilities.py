"""Rooms, squares and points of service: what there is, its use, and what is missing."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import (
    change_facility,
    give_up_facility,
    record_facility,
    void_facility,
)
from communities.facilities import missing_kinds, required_kinds
from communities.facility_errors import (
    FacilityGivenUp,
    FacilityGoesTooEarly,
    FacilityVoided,
)
from communities.indicators import indicators
from communities.models import Facility
from core.errors import ConstraintViolated
from core.months import today
from core.registries.todos import todos_for
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
    "used_otherwise": "on",
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


@pytest.mark.mission("S1-31", "S1-33")
def test_the_list_leads_to_the_form_of_a_place(enter, secretary, east, branch):
    browser = enter(secretary)
    start = address("enter_facility")
    assert start in browser.get(address("facilities")).text
    page = browser.get(start)
    assert page.context["form"]["place"].initial == east

    led = browser.get(start, {"place": branch.pk})

    assert led.url == address("record_facility", branch.pk)


def test_who_keeps_one_place_is_led_to_its_form_at_once(enter, secretary, east):
    led = enter(secretary).get(address("enter_facility"))

    assert led.url == address("record_facility", east.pk)


def test_who_only_reads_is_offered_no_form(client, east):
    client.force_login(holder(Role.CITY_OFFICER, east.parent.parent))

    assert address("enter_facility") not in client.get(address("facilities")).text
    assert client.get(address("enter_facility")).status_code == 403


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


PLANNED = {
    "works": "新建老年活动中心",
    "works_stage": "planned",
    "works_due_on": "2027-06-30",
}


@pytest.mark.mission("S1-38", "S1-45")
def test_what_is_only_planned_is_still_missing(enter, secretary, east):
    browser = enter(secretary)
    planned = {**PLANNED, "kind": "elderly", "name": "老年活动中心（拟建）"}
    browser.post(address("record_facility", east.pk), planned)

    room = Facility.objects.get()
    told = "老年活动中心（日间照料）（计划中，2027年6月30日前完成）"
    assert room.starts_on is None
    assert listed(browser, "missing_facilities", kind="elderly") == [east]
    assert told in browser.get(address("missing_facilities")).text
    page = browser.get(east.get_absolute_url()).text
    assert told in page
    assert "尚未启用" in page
    assert listed(browser, state="to_open") == [room]
    assert listed(browser, state="used") == []
    assert not indicators.get("facilities").rows(today()).exists()
    opened = {"works_stage": "accepted", "starts_on": today()}
    change_facility(room, by=None, **opened)
    assert listed(browser, "missing_facilities", kind="elderly") == []


def test_works_on_an_open_room_do_not_close_it(enter, secretary, east):
    FacilityFactory(organization=east, kind="elderly", **PLANNED)

    assert listed(enter(secretary), "missing_facilities", kind="elderly") == []


def test_a_planned_building_is_given_up_or_voided(east):
    given, voided = (
        record_facility(east, kind="elderly", name=name, by=None, **PLANNED)
        for name in ("老年中心", "日间照料中心")
    )
    give_up_facility(given, by=None, reason="不再建设")
    void_facility(voided, by=None, reason="误录")

    assert not Facility.objects.to_open().exists()


def test_what_is_not_open_says_what_is_built(enter, secretary, east):
    page = enter(secretary).post(
        address("record_facility", east.pk), {"kind": "elderly", "name": "老年中心"}
    )

    assert "填写启用日期" in page.text
    assert not Facility.objects.exists()


@pytest.mark.mission("S4-14", "S4-15")
def test_a_room_is_found_by_its_signs_and_counts_for_them(enter, secretary, east):
    signs = "文体活动室\n警务室\n四点半课堂"
    room = FacilityFactory(organization=east, kind="culture_room", signs=signs)
    browser = enter(secretary)

    for asked in ({"kind": "children"}, {"kind": "police_point"}, {"name": "四点半"}):
        assert listed(browser, **asked) == [room], asked
    assert listed(browser, kind="citizen_school") == []
    assert listed(browser, state="unsaid") == [room]
    assert listed(browser, "missing_facilities", kind="police_point") == []
    assert "警务室" not in missing_kinds([east.pk])[east.pk]


@pytest.mark.mission("S4-15")
def test_a_room_used_for_something_else_fills_no_gap(enter, secretary, east):
    room = FacilityFactory(
        organization=east, kind="police_point", real_use="周二、周四开放"
    )
    browser = enter(secretary)
    assert listed(browser, state="otherwise") == []
    assert "警务室" not in missing_kinds([east.pk])[east.pk]

    change_facility(room, by=None, real_use="堆放杂物", used_otherwise=True)

    assert listed(browser, state="otherwise") == [room]
    assert "警务室" in missing_kinds([east.pk])[east.pk]
    assert listed(browser, "missing_facilities", kind="police_point") == [east]
    assert "另作他用" in browser.get(east.get_absolute_url()).text


@pytest.mark.mission("S1-45")
def test_works_past_their_day_are_marked_and_on_the_desk(enter, secretary, staff, east):
    late = {"works": "屋面防水", "works_due_on": dt.date(2026, 4, 1)}
    room = FacilityFactory(organization=east, works_stage="under_way", **late)
    FacilityFactory(organization=east, works_stage="accepted", **late)
    browser = enter(secretary)

    assert listed(browser, state="overdue") == [room]
    assert "工程逾期" in browser.get(address("facilities")).text
    for keeper in (secretary, staff):
        todos = [todo for todo in todos_for(keeper, today()) if "overdue" in todo.url]
        assert [(t.count, t.due_on) for t in todos] == [(1, dt.date(2026, 4, 1))]


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
        ("starts_on", None, "facility_opened_or_to_be_built"),
        ("used_otherwise", True, "facility_other_use_is_named"),
        ("area", 0, "facility_area"),
        ("ends_on", dt.date(2026, 3, 1), "facility_ends_after_start"),
    ],
)
def test_the_database_refuses_a_room_that_makes_no_sense(east, column, value, name):
    room = FacilityFactory(organization=east)

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        Facility.objects.filter(pk=room.pk).update(**{column: value})
