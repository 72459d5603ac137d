"""One page for every roster that the field studies ask for: set up, filled, found."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import set_up_body, take_seat, vacate_seat
from communities.enums import BodyGroup, Filling, VacatingReason
from communities.models import Body, BodyKind, SeatHolding
from core.months import month_of, today
from figures.actions import recount
from members.enums import Sex
from organizations.enums import OrganizationKind
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import OrganizationFactory, UnitFactory

HE = {"name": "何静", "sex": Sex.FEMALE, "birth_month": "1980-05"}
SINCE = "2026-03-01"


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def set_up(browser, organization, code, name):
    """Set up a body of a kind on its page."""
    kind = BodyKind.objects.get(code=code)
    data = {"organization": organization.pk, "kind": kind.pk, "name": name}
    browser.post(address("set_up_body"), {**data, "starts_on": SINCE})
    return Body.objects.get(name=name)


def fill(browser, body, seat, **values):
    """Open a seat of a kind on its page where there is none, and fill it."""
    kind = body.kind.seat_kinds.get(name=seat)
    if not body.seats.vacant().filter(kind=kind).exists():
        browser.post(address("open_seat", body.pk), {"kind": kind.pk, "on": SINCE})
    vacant = body.seats.vacant().filter(kind=kind).earliest("number")
    url = address("take_seat", vacant.pk)
    data = {"starts_on": SINCE, "channel": body.kind.filled_by}
    browser.post(url, {**data, **values})


def found(browser, **query):
    """Return whom the list of seat-holders shows: name, seat, body and place."""
    rows = browser.get(address("holders"), query).context["table"].rows
    return {
        (
            row.record.holder_name,
            row.record.seat.kind.name,
            row.record.seat.body.name,
            row.record.seat.body.organization.name,
        )
        for row in rows
    }


@pytest.mark.mission("S0-16", "S0-17", "S0-31", "S1-09", "S1-22", "S1-27", "S1-29")
@pytest.mark.mission("S1-43", "S2-04", "S2-07", "S2-15")
@pytest.mark.parametrize(
    ("code", "seat", "name", "who"),
    [
        ("branch_committee", "组织委员", "第三届支委会", {"name": "李明"}),
        ("liaisons", "党建联络员", "党建联络员", {"name": "李明"}),
        ("subcommittee", "主任", "人民调解委员会", HE),
        ("residents_assembly", "居民小组长", "居民代表会议", HE),
        ("residents_assembly", "居民代表", "居民代表会议", HE),
        ("police_commissioners", "兼职委员（民警）", "警务室", HE),
        ("social_workers", "社区工作者", "专职社工", HE),
        ("volunteer_team", "队长", "青年志愿者服务队", HE),
        ("coordination_committee", "委员", "党建协调委员会", HE),
        ("works_council", "理事", "党建工作理事会", HE),
        ("broad_committee", "兼职委员", "社区大党委", HE),
    ],
)
def test_a_roster_is_set_up_filled_and_found_on_pages(
    enter, staff, east, li, code, seat, name, who
):
    browser = enter(staff)
    body = set_up(browser, east, code, name)

    fill(browser, body, seat, **who)

    row = (who["name"], seat, name, "东社区")
    assert found(browser, kind=body.kind.pk) == {row}
    page = browser.get(address("body", body.pk)).content.decode()
    assert who["name"] in page


@pytest.mark.mission("S4-05")
def test_the_workers_of_each_grid_are_found_by_the_grid(enter, secretary, east):
    grids = [
        OrganizationFactory(name=name, kind=OrganizationKind.GRID, parent=east)
        for name in ("一网格", "二网格")
    ]
    browser = enter(secretary)
    for grid, person in zip(grids, ("何静", "何安"), strict=True):
        body = set_up(browser, grid, "grid_workers", f"{grid.name}队伍")
        fill(browser, body, "网格长", **{**HE, "name": person})

    shown = found(browser, organization=grids[1].pk)

    assert shown == {("何安", "网格长", "二网格队伍", "二网格")}


def test_a_unit_and_its_delegate_sit_in_a_council(enter, secretary, east):
    school = UnitFactory(name="第一中学", host=east)
    browser = enter(secretary)
    body = set_up(browser, east, "liaison_council", "联席会议")

    fill(browser, body, "召集人", **HE, unit=school.pk)
    fill(browser, body, "成员单位", unit=school.pk)

    page = browser.get(address("body", body.pk)).content.decode()
    assert "何静（第一中学）" in page
    assert {row[0] for row in found(browser)} == {"何静", "第一中学"}


@pytest.mark.mission("S0-06")
def test_a_deputy_who_really_leads_the_work_is_shown(enter, secretary, east, li, han):
    browser = enter(secretary)
    body = set_up(browser, east, "community_committee", "党委班子")

    fill(browser, body, "书记", name="李明")
    fill(browser, body, "副书记", name="韩雪", is_actual_lead="on")

    page = browser.get(address("body", body.pk)).content.decode()
    assert "实际主抓工作" in page
    assert found(browser, which="actual") == {("韩雪", "副书记", "党委班子", "东社区")}


@pytest.mark.mission("S3-04")
def test_who_does_it_beside_another_post_is_found(enter, secretary, east, li, han):
    browser = enter(secretary)
    body = set_up(browser, east, "branch_committee", "支委会")

    fill(browser, body, "书记", name="李明", is_full_time="on")
    fill(browser, body, "组织委员", name="韩雪")

    assert {row[0] for row in found(browser, which="part_time")} == {"韩雪"}


@pytest.mark.mission("S2-49")
def test_age_and_schooling_of_party_workers_are_shown(enter, secretary, east, branch):
    browser = enter(secretary)
    body = set_up(browser, east, "party_workers", "党务工作者")
    born = dt.date(today().year - 50, 1, 1)
    li = MemberFactory(
        name="李明", organization=branch, birth_date=born, education="31"
    )

    fill(browser, body, "党务工作者", name="李明", which=f"member-{li.pk}")

    page = browser.get(address("holders"), {"kind": body.kind.pk})
    shown = {str(r.label): str(r.value) for r in page.context["composition"].rows}
    assert shown["大专及以上"] == "1（100.00%）"
    assert "36至54岁1（100.00%）" in shown["年龄"]


@pytest.mark.mission("S2-31")
def test_missing_workers_are_listed_and_counted(enter, secretary, east):
    browser = enter(secretary)
    body = set_up(browser, east, "party_workers", "党务工作者")
    full = set_up(browser, east, "social_workers", "专职社工")
    kind = body.kind.seat_kinds.get()
    browser.post(address("open_seat", body.pk), {"kind": kind.pk, "on": SINCE})
    fill(browser, full, "社区工作者", **HE)

    page = browser.get(
        address("bodies"), {"group": BodyGroup.WORKERS, "seats": "vacant"}
    )

    rows = [row.record for row in page.context["table"].rows]
    assert [(row.name, row.seat_count - row.held_count) for row in rows] == [
        ("党务工作者", 2)
    ]


@pytest.mark.mission("S0-43")
def test_workers_who_left_are_a_figure_that_opens_to_who_left(enter, secretary, east):
    body = BodyFactory(organization=east, kind=BodyKindFactory(group="workers"))
    TermOfOfficeFactory(body=body)
    for number, seat in enumerate(body.seats.order_by("kind__position", "number")):
        person = {"name": f"何{'静安宁'[number]}", "sex": Sex.FEMALE}
        take_seat(
            seat,
            by=None,
            channel=Filling.RECRUITMENT,
            person={**person, "birth_month": dt.date(1980, 5, 1)},
            starts_on=dt.date(2026, 3, 1),
        )
    first = SeatHolding.objects.earliest("pk")
    vacate_seat(first, by=None, reason=VacatingReason.RESIGNED, on=dt.date(2026, 7, 10))
    month = month_of(today())
    recount([east.pk], month)
    browser = enter(secretary)

    listed = browser.get(reverse("figures:list", args=[east.pk, month]))
    rows = browser.get(reverse("figures:rows", args=[east.pk, month, "workers_left"]))

    assert "离开的工作人员" in listed.content.decode()
    assert "何静" in rows.content.decode()
    assert "何安" not in rows.content.decode()


def test_an_installation_brings_each_kind_with_a_seat(db):
    assert not BodyKind.objects.filter(seat_kinds=None).exists()
    assert BodyKind.objects.count() == 25


def test_kinds_that_an_office_changed_are_left_alone(db, east):
    kind = BodyKind.objects.get(code="liaisons")
    kind.seat_kinds.update(name="镇党建联络员")

    body = set_up_body(east, kind=kind, by=None, starts_on=dt.date(2026, 3, 1))

    assert [str(seat.kind) for seat in body.seats.all()] == ["镇党建联络员"]
    assert SeatHoldingFactory(seat=body.seats.get()).seat.body == body
