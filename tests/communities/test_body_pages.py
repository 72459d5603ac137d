"""Pages of bodies, as street staff and a community's secretary use them."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import take_seat
from communities.enums import ElectionQuorum, Eligibility, Filling, VacatingReason
from communities.forms import TakeSeatForm
from communities.models import Body, BodyKind, NonMember, SeatHolding
from core.months import months_after, today
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from core.web.edit_conflicts import VERSION_TOKEN
from members.actions import end_membership
from members.enums import EndReason
from members.models import Member
from organizations.models import Unit
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    SeatHoldingFactory,
    TermOfOfficeFactory,
)
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory
from tests.html import hidden

FIRST = {"starts_on": "2026-03-01", "channel": Filling.ELECTION}
HE = {"name": "何静", "sex": "2", "birth_month": "1980-05"}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def council(east):
    """A council of the community, all seats vacant."""
    return BodyFactory(organization=east, name="议事会")


def seat_of(body, number=0):
    """Return a seat of the body, in the order of its roster."""
    return body.seats.order_by("kind__position", "number")[number]


def take(browser, body, number=0, **values):
    """Fill a seat on its page, elected in March."""
    url = address("take_seat", seat_of(body, number).pk)
    return browser.post(url, {**FIRST, **values})


def held(body):
    """Return who holds which seat of the body."""
    rows = SeatHolding.objects.current().filter(seat__body=body).with_holders()
    return {(row.seat.kind.name, row.holder_name) for row in rows}


def text_of(page):
    return page.content.decode()


def test_a_branch_committee_is_set_up_elected_and_changes_its_secretary(
    enter, secretary, branch, li, han
):
    browser = enter(secretary)
    kind = BodyKind.objects.get(code="branch_committee")
    browser.post(
        address("set_up_body"),
        {"organization": branch.pk, "kind": kind.pk, "starts_on": "2026-03-01"},
    )
    body = Body.objects.get()
    browser.post(
        address("begin_term", body.pk),
        {"number": 3, "starts_on": "2026-03-01", "begun_by": Filling.ELECTION},
    )
    take(browser, body, name="李明")
    browser.post(
        address("vacate_seat", SeatHolding.objects.get().pk),
        {"on": "2026-06-01", "reason": VacatingReason.RETIRED},
    )

    take(browser, body, name="韩雪", starts_on="2026-06-01")

    page = text_of(browser.get(address("body", body.pk)))
    assert held(body) == {("书记", "韩雪")}
    assert body.terms.get().last_day == dt.date(2031, 2, 28)
    for shown in ("第3届", "韩雪", "李明", "退休", "空缺"):
        assert shown in page


def test_a_name_that_nobody_has_is_recorded_with_sex_and_month_of_birth(
    enter, secretary, council
):
    browser = enter(secretary)

    refused = take(browser, council, name="何静")
    take(browser, council, **HE)

    assert set(refused.context["form"].errors) == {"sex", "birth_month"}
    assert held(council) == {("主任", "何静")}
    assert NonMember.objects.get().birth_month == dt.date(1980, 5, 1)


def test_a_name_that_a_member_has_asks_who_is_meant(enter, secretary, council, li):
    browser = enter(secretary)

    asked = take(browser, council, **{**HE, "name": "李明"})
    offered = [value for value, _label in asked.context["form"]["which"].field.choices]
    take(browser, council, name="李明", which=f"member-{li.pk}")
    take(browser, council, 1, **{**HE, "name": "李明"}, which="new")

    assert offered == ["", f"member-{li.pk}", "new"]
    rows = SeatHolding.objects.order_by("pk")
    assert [row.member for row in rows] == [li, None]


def test_somebody_known_from_another_body_is_not_recorded_twice(
    enter, secretary, council
):
    browser = enter(secretary)
    take(browser, council, **HE)
    known = NonMember.objects.get()

    take(browser, council, 1, name="何静", which=f"other-{known.pk}")

    assert NonMember.objects.count() == 1
    assert known.seat_holdings.count() == 2


def test_a_committee_of_members_takes_the_one_member_of_a_name(
    enter, secretary, east, li
):
    kind = BodyKindFactory(open_to=Eligibility.MEMBERS)
    body = BodyFactory(organization=east, kind=kind)
    browser = enter(secretary)

    refused = take(browser, body, name="何静")
    take(browser, body, name="李 明")

    assert set(refused.context["form"].errors) == {"name"}
    assert held(body) == {("主任", "李明")}


def test_a_unit_takes_a_seat_before_it_names_a_delegate(enter, secretary, east):
    school = UnitFactory(name="第一中学", host=east)
    joint = BodyFactory(
        organization=east, kind=BodyKindFactory(open_to=Eligibility.UNITS)
    )
    browser = enter(secretary)

    refused = take(browser, joint)
    take(browser, joint, unit=school.pk)

    assert set(refused.context["form"].errors) == {"name"}
    assert held(joint) == {("主任", "第一中学")}


def test_an_entry_is_corrected_and_voided(enter, secretary, council, li):
    browser = enter(secretary)
    row = SeatHoldingFactory(seat=seat_of(council), member=li)
    url = address("change_holding", row.pk)
    token = hidden(browser.get(url), VERSION_TOKEN)

    browser.post(url, {**FIRST, "is_long_term": "on", VERSION_TOKEN: token})
    row.refresh_from_db()
    browser.post(address("void_holding", row.pk), {"reason": "录入错误"})

    assert row.is_long_term
    assert held(council) == set()


def test_seats_are_opened_and_closed_on_the_page(enter, secretary, council):
    browser = enter(secretary)
    kind = council.kind.seat_kinds.get(name="委员")

    browser.post(
        address("open_seat", council.pk), {"kind": kind.pk, "on": "2026-03-01"}
    )
    browser.post(address("close_seat", seat_of(council, 1).pk))

    assert council.seats.count() == 4
    assert council.seats.filter(ends_on=None).count() == 3


def test_a_term_is_extended_on_the_page(enter, secretary, council):
    term = TermOfOfficeFactory(body=council)

    enter(secretary).post(
        address("extend_term", term.pk),
        {
            "last_day": "2031-06-30",
            "extension_basis": "关于延期换届的批复",
            "extension_approved_on": "2026-07-01",
        },
    )

    term.refresh_from_db()
    assert term.ends_on == dt.date(2031, 7, 1)


def test_a_body_is_corrected_ended_and_another_voided(enter, secretary, council, east):
    other = BodyFactory(organization=east)
    browser = enter(secretary)
    url = address("change_body", council.pk)
    token = hidden(browser.get(url), VERSION_TOKEN)

    browser.post(
        url, {"name": "居民议事会", "starts_on": "2026-02-01", VERSION_TOKEN: token}
    )
    browser.post(address("end_body", council.pk), {"reason": "撤销"})
    browser.post(address("void_body", other.pk), {"reason": "重复"})

    council.refresh_from_db()
    assert (council.name, council.is_over) == ("居民议事会", True)
    assert list(Body.objects.all()) == [council]


def test_street_staff_add_a_kind_with_its_seats(enter, staff):
    browser = enter(staff)
    data = {
        "group": "grids",
        "filled_by": Filling.RECRUITMENT,
        "open_to": "anybody",
        "election_quorum": ElectionQuorum.HALF,
    }

    browser.post(
        address("add_body_kind"),
        {**data, "code": "patrol", "name": "巡逻队", "starts_on": "2026-01-01"},
    )
    kind = BodyKind.objects.get(code="patrol")
    browser.post(
        address("add_seat_kind", kind.pk), {"name": "队长", "position": 1, "seats": 1}
    )
    url = address("change_body_kind", kind.pk)
    token = hidden(browser.get(url), VERSION_TOKEN)
    data |= {"starts_on": "2026-01-01", "last_day": "2026-12-31"}
    browser.post(url, {**data, "name": "治安巡逻队", VERSION_TOKEN: token})
    seat_kind = kind.seat_kinds.get()
    url = address("change_seat_kind", seat_kind.pk)
    token = hidden(browser.get(url), VERSION_TOKEN)
    browser.post(url, {"name": "队长", "position": 1, "seats": 2, VERSION_TOKEN: token})

    kind.refresh_from_db()
    seat_kind.refresh_from_db()
    assert (kind.name, kind.ends_on) == ("治安巡逻队", dt.date(2027, 1, 1))
    assert seat_kind.seats == 2


def test_a_city_officer_sees_how_many_and_no_names(enter, officer, council, li):
    SeatHoldingFactory(seat=seat_of(council), member=li)

    page = text_of(enter(officer).get(address("body", council.pk)))

    assert "李明" not in page
    assert "其中空缺2个" in page
    assert "在任" in page


def test_the_list_shows_vacancies_and_finds_bodies_without_a_leader(
    enter, secretary, east, council, li
):
    led = BodyFactory(organization=east, name="监事会")
    SeatHoldingFactory(seat=seat_of(led), member=li)
    browser = enter(secretary)

    everything = browser.get(address("bodies"))
    without = browser.get(address("bodies"), {"seats": "lead"})

    rows = {row.record.name: row.record for row in everything.context["table"].rows}
    assert (rows["监事会"].held_count, rows["监事会"].seat_count) == (1, 3)
    assert [row.record for row in without.context["table"].rows] == [council]


def test_terms_that_end_within_six_months_and_missing_leaders_are_todos(
    secretary, staff, council, li
):
    ends_on = months_after(today(), 5)
    TermOfOfficeFactory(body=council, ends_on=ends_on)

    before = {todo.label: todo.count for todo in todos_for(secretary, today())}
    SeatHoldingFactory(seat=seat_of(council), member=li)
    after = {todo.label: todo for todo in todos_for(staff, today())}

    assert before["负责人空缺的机构"] == 1
    assert "负责人空缺的机构" not in after
    todo = after["六个月内届满或已届满的班子"]
    assert (todo.count, todo.due_on) == (1, ends_on - dt.timedelta(days=1))


def test_a_member_s_timeline_tells_of_seats_to_those_who_may_read(
    secretary, stranger, council, li
):
    row = SeatHoldingFactory(seat=seat_of(council), member=li)

    told = [(e.label, e.url) for e in timeline_of(li, secretary)]

    assert ("任职：议事会主任", row.get_absolute_url()) in told
    assert not [e for e in timeline_of(li, stranger) if "议事会" in str(e.label)]


def test_whoever_holds_several_seats_is_found_with_the_other_one(
    enter, secretary, east, council, li, han
):
    for body in (council, BodyFactory(organization=east, name="监事会")):
        SeatHoldingFactory(seat=seat_of(body), member=li)
    SeatHoldingFactory(seat=seat_of(council, 1), member=han)

    page = enter(secretary).get(address("holders"), {"which": "several"})

    rows = {
        (row.record.holder_name, *row.record.other_posts)
        for row in page.context["table"].rows
    }
    assert rows == {("李明", "监事会主任"), ("李明", "议事会主任")}
    assert "监事会主任" in text_of(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"name": "何"}, {"何静"}),
        ({"sex": "2"}, {"何静"}),
        ({"party": "yes"}, {"李明"}),
        ({"party": "no"}, {"何静"}),
        ({"channel": Filling.RECRUITMENT}, {"何静"}),
        ({"which": "leads"}, {"李明"}),
        ({"which": "long_term"}, {"何静"}),
        ({"which": "full_time"}, set()),
    ],
)
def test_holders_are_found_by_what_statistics_ask(
    enter, secretary, council, branch, query, names
):
    li = MemberFactory(name="李明", sex="1", organization=branch)
    SeatHoldingFactory(seat=seat_of(council), member=li)
    take_seat(
        seat_of(council, 1),
        by=None,
        channel=Filling.RECRUITMENT,
        person={**HE, "birth_month": dt.date(1980, 5, 1)},
        is_long_term=True,
    )

    page = enter(secretary).get(address("holders"), query)

    assert {row.record.holder_name for row in page.context["table"].rows} == names


def test_the_roster_is_printed_with_its_vacancies(enter, secretary, council, li):
    TermOfOfficeFactory(body=council)
    SeatHoldingFactory(seat=seat_of(council), member=li)

    paper = text_of(enter(secretary).get(address("body_paper", council.pk)))

    assert [paper.count(word) for word in ("李明", "空缺", "第1届")] == [1, 2, 1]


def test_whoever_died_while_the_form_was_sent_is_refused_in_words(council, li):
    form = TakeSeatForm(
        {**FIRST, "name": "李明", "which": f"member-{li.pk}"},
        body=council,
        members=Member.objects.current(),
        others=NonMember.objects.all(),
        units=Unit.objects.all(),
    )
    end_membership(li, reason=EndReason.DIED, by=None)

    assert "未保存" in str(form.errors["name"])
