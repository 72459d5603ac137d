"""Pages of meetings, used by meeting keepers and readers."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from communities.actions import change_meeting, void_meeting
from communities.enums import AbsenceReason, MeetingKind, Presence
from communities.models import Meeting
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from members.models import Member
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.members import CheckInFactory, MemberFactory, account_of
from tests.factories.organizations import BranchFactory, closed
from tests.html import hidden, read

TODAY = dt.date(2026, 7, 15)


def url_of(name, *args):
    return reverse(f"communities:{name}", args=args)


def record_url(organization, kind=MeetingKind.MEMBERS):
    return url_of("record_for", organization.pk, kind, 2026, 6, 10)


def minutes_data(chair, **other):
    """Return form data of a meeting that one member chaired and recorded."""
    return {"topic": "学习", "chair": chair.pk, "recorder": chair.pk, **other}


def attendance_rows(meeting):
    rows = meeting.attendances.order_by("member__name")
    return [(row.member.name, row.presence, row.reason) for row in rows]


def test_the_first_step_opens_the_minutes_of_that_meeting(enter, keeper, branch):
    answer = enter(keeper).get(
        url_of("record"),
        {
            "organization": branch.pk,
            "kind": MeetingKind.MEMBERS,
            "held_on": "2026-06-10",
        },
    )

    assert answer.url == record_url(branch)


def test_who_keeps_one_branch_finds_it_chosen(enter, keeper, branch, west):
    page = enter(keeper).get(url_of("record"))

    field = page.context["form"].fields["organization"]
    assert (list(field.queryset), field.initial) == ([branch], branch)


def test_nobody_ticked_means_everybody_was_present(enter, keeper, branch, li, han):
    enter(keeper).post(record_url(branch), minutes_data(li))

    assert attendance_rows(Meeting.objects.get()) == [
        ("李明", Presence.PRESENT, ""),
        ("韩雪", Presence.PRESENT, ""),
    ]


def test_the_absent_are_ticked_with_their_reason(enter, keeper, branch, li, han):
    data = minutes_data(li, absent=[han.pk], **{f"reason_{han.pk}": "illness"})

    enter(keeper).post(record_url(branch), data)

    assert attendance_rows(Meeting.objects.get()) == [
        ("李明", Presence.PRESENT, ""),
        ("韩雪", Presence.ABSENT, "illness"),
    ]


def test_a_reason_alone_means_absent(enter, keeper, branch, li, han):
    data = minutes_data(li, **{f"reason_{han.pk}": "away"})

    enter(keeper).post(record_url(branch), data)

    assert attendance_rows(Meeting.objects.get())[1] == (
        "韩雪",
        Presence.ABSENT,
        "away",
    )


def test_an_absence_without_reason_is_asked_again_and_stays_ticked(
    enter, keeper, branch, li, han
):
    page = enter(keeper).post(record_url(branch), minutes_data(li, absent=[han.pk]))

    lines = {line.member: line.absent for line in page.context["form"].rows}
    body = page.content.decode()
    assert f'请选择缺席原因：<a href="#reason-{han.pk}">韩雪</a>' in body
    assert re.search(rf'is-invalid"[^>]* id="reason-{han.pk}"', body)
    assert not re.search(rf'is-invalid"[^>]* id="reason-{li.pk}"', body)
    assert lines == {li: False, han: True}
    assert Meeting.objects.count() == 0


def test_a_stranger_cannot_be_smuggled_onto_the_list(enter, keeper, branch, li):
    stranger = MemberFactory(name="郑海")
    data = minutes_data(li, guests=[stranger.pk], absent=[stranger.pk])

    enter(keeper).post(record_url(branch), data)

    assert attendance_rows(Meeting.objects.get()) == [("李明", Presence.PRESENT, "")]


def test_a_refusal_keeps_everything_that_was_typed(enter, keeper, branch, li, han):
    data = minutes_data(
        li,
        content="讨论了预算",
        decision="通过",
        absent=[han.pk],
        **{f"reason_{han.pk}": "work"},
    )

    page = enter(keeper).post(record_url(branch), data)

    body = page.content.decode()
    assert "2 名有表决权的党员中仅 1 名到会" in body
    assert "讨论了预算" in body
    assert '<option value="work" selected>' in body


def test_sending_twice_records_one_meeting(enter, keeper, branch, li):
    browser, data = enter(keeper), minutes_data(li, idempotency_key="one")

    first = browser.post(record_url(branch), data)
    second = browser.post(record_url(branch), data)

    assert (Meeting.objects.count(), first.url) == (1, second.url)


@pytest.mark.mission("S4-07")
def test_who_is_checked_in_may_come_as_a_guest(enter, secretary, east, branch, li):
    guest = CheckInFactory(community=east).member
    browser, data = enter(secretary), minutes_data(li, guests=[guest.pk])

    browser.post(record_url(branch, MeetingKind.THEME_DAY), data)

    presence = Meeting.objects.get().attendances.get(member=guest).presence
    assert presence == Presence.GUEST


def test_a_committee_is_called_as_it_was_last_time(enter, keeper, branch, li, han):
    MeetingFactory(organization=branch, chair=li, kind=MeetingKind.COMMITTEE)
    browser, url = enter(keeper), record_url(branch, MeetingKind.COMMITTEE)

    offered = browser.get(url).context["form"].rows
    browser.post(url, minutes_data(li, called=[li.pk]))

    latest = Meeting.objects.order_by("-pk")[0]
    assert {line.member: line.called for line in offered} == {li: True, han: False}
    assert attendance_rows(latest) == [("李明", Presence.PRESENT, "")]


def test_the_signed_in_member_is_expected_to_have_chaired(enter, branch, li, keeper):
    account = account_of(li)
    keeper.role_assignments.update(user=account)

    page = enter(account).get(record_url(branch))

    assert page.context["form"].initial["chair"] == li.pk


@pytest.mark.parametrize(
    "args", [("no_such_kind", 2026, 6, 10), (MeetingKind.MEMBERS, 2026, 2, 30)]
)
def test_a_kind_or_day_that_does_not_exist_has_no_page(enter, keeper, branch, args):
    assert enter(keeper).get(url_of("record_for", branch.pk, *args)).status_code == 404


def test_minutes_are_corrected(enter, keeper, branch, li, han):
    meeting = MeetingFactory(organization=branch, chair=li, absent=[han])
    browser, url = enter(keeper), url_of("change", meeting.pk)
    form_page = browser.get(url)

    browser.post(
        url,
        minutes_data(
            li,
            kind=MeetingKind.LESSON,
            held_on="2026-06-11",
            called=[li.pk, han.pk],
            version_token=hidden(form_page, "version_token"),
        ),
    )

    meeting.refresh_from_db()
    assert (meeting.kind, meeting.held_on) == ("party_lesson", dt.date(2026, 6, 11))
    assert attendance_rows(meeting)[1] == ("韩雪", Presence.PRESENT, "")


def test_a_list_opened_for_correction_shows_the_recorded_one(
    enter, keeper, branch, li, han
):
    meeting = MeetingFactory(organization=branch, chair=li, absent=[han])
    late = MemberFactory(organization=branch)

    lines = enter(keeper).get(url_of("change", meeting.pk)).context["form"].rows

    assert {line.member: (line.called, line.absent) for line in lines} == {
        li: (True, False),
        han: (True, True),
        late: (False, False),
    }


def test_minutes_opened_before_a_change_are_a_conflict(enter, keeper, branch, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    browser, url = enter(keeper), url_of("change", meeting.pk)
    form_page = browser.get(url)
    change_meeting(meeting, by=None, topic="已改议题")

    page = browser.post(
        url,
        minutes_data(
            li,
            kind=meeting.kind,
            held_on="2026-06-10",
            called=[li.pk],
            version_token=hidden(form_page, "version_token"),
        ),
    )

    assert page.status_code == 409
    assert Meeting.objects.get().topic == "已改议题"


def form_of(answer, url):
    """Return the form on a page that is sent to an address."""
    return next(form for form in read(answer).posting() if form.action == url)


@pytest.mark.parametrize("mine", [{}, {"place": "会议室"}])
def test_an_attendance_list_left_alone_takes_no_other_change_back(
    enter, keeper, branch, li, han, mine
):
    meeting = MeetingFactory(organization=branch, chair=li, present=[han])
    browser, url = enter(keeper), url_of("change", meeting.pk)
    first, second = (form_of(browser.get(url), url) for _window in range(2))
    browser.post(url, first.sent(absent=[han.pk], **{f"reason_{han.pk}": "illness"}))

    conflict = browser.post(url, second.sent(**mine))
    browser.post(url, form_of(conflict, url).sent())

    assert conflict.status_code == 409
    assert [row.yours for row in conflict.context["conflicts"]] == [*mine.values()]
    assert attendance_rows(meeting)[1] == ("韩雪", Presence.ABSENT, "illness")


def test_only_the_lines_a_person_changed_are_theirs(enter, keeper, branch, li, han):
    sun, zhou = MemberFactory.create_batch(2, organization=branch)
    there = [han, sun, zhou]
    meeting = MeetingFactory(organization=branch, chair=li, present=there)
    browser, url = enter(keeper), url_of("change", meeting.pk)
    first, second = (form_of(browser.get(url), url) for _window in range(2))
    lines = {one.pk: f"reason_{one.pk}" for one in there}
    browser.post(
        url,
        first.sent(
            absent=[han.pk, zhou.pk],
            **{lines[han.pk]: "illness", lines[zhou.pk]: "illness"},
        ),
    )

    conflict = browser.post(
        url,
        second.sent(
            absent=[sun.pk, zhou.pk],
            **{lines[sun.pk]: "family", lines[zhou.pk]: "family"},
        ),
    )
    browser.post(url, form_of(conflict, url).sent())

    (row,) = conflict.context["conflicts"]
    for words in (row.yours, row.now):
        assert [one.name in words for one in there] == [False, True, True]
    reasons = {r.member_id: r.reason for r in meeting.attendances.all()}
    assert [reasons[one.pk] for one in there] == ["illness", "family", "family"]


def test_two_attendance_lists_are_shown_side_by_side(enter, keeper, branch, li, han):
    meeting = MeetingFactory(organization=branch, chair=li, present=[han])
    browser, url = enter(keeper), url_of("change", meeting.pk)
    first, second = (form_of(browser.get(url), url) for _window in range(2))
    browser.post(url, first.sent(absent=[han.pk], **{f"reason_{han.pk}": "illness"}))

    conflict = browser.post(
        url, second.sent(absent=[han.pk], **{f"reason_{han.pk}": "family"})
    )
    stored = attendance_rows(meeting)[1]
    browser.post(url, form_of(conflict, url).sent())

    assert "communities/meetings.css" in conflict.content.decode()
    (row,) = conflict.context["conflicts"]
    reasons = dict(AbsenceReason.choices)
    assert str(reasons["family"]) in row.yours
    assert str(reasons["illness"]) in row.now
    assert stored == ("韩雪", Presence.ABSENT, "illness")
    assert attendance_rows(meeting)[1] == ("韩雪", Presence.ABSENT, "family")


def test_a_voided_meeting_says_why_and_offers_nothing(enter, keeper, branch, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    browser = enter(keeper)

    browser.post(url_of("void", meeting.pk), {"reason": "录入重复"})
    page = browser.get(url_of("detail", meeting.pk))

    assert "已于2026年7月15日作为误录作废：录入重复" in page.content.decode()
    assert page.context["page_actions"] == []


def test_the_page_says_whether_there_was_a_quorum(enter, keeper, branch, li, han):
    valid = MeetingFactory(organization=branch, chair=li, present=[han])
    short = MeetingFactory(organization=branch, chair=li, absent=[han])
    browser = enter(keeper)

    sentences = [
        str(browser.get(url_of("detail", meeting.pk)).context["attendance"])
        for meeting in (valid, short)
    ]

    assert sentences == [
        "应到 2 人，实到 2 人；有表决权的党员 2 人，到会 2 人，超过半数，会议有效。",
        (
            "应到 2 人，实到 1 人；有表决权的党员 2 人，到会仅 1 人，未超过半数，"
            "未达法定人数，不能作出决议，不计入已召开的会议。"
        ),
    ]


def test_names_are_for_those_who_may_see_members(enter, officer, keeper, branch, li):
    meeting = MeetingFactory(organization=branch, chair=li)

    of_officer = enter(officer).get(url_of("detail", meeting.pk))
    of_keeper = enter(keeper).get(url_of("detail", meeting.pk))

    assert "李明" not in of_officer.content.decode()
    assert "应到 1 人，实到 1 人" in of_officer.content.decode()
    assert "李明" in of_keeper.content.decode()


def test_a_branch_secretary_reads_only_their_own_branch(
    enter, keeper, branch, east, li
):
    own = MeetingFactory(organization=branch, chair=li)
    MeetingFactory(organization=BranchFactory(parent=east))

    page = enter(keeper).get(url_of("list"))

    assert list(page.context["object_list"]) == [own]


def test_the_list_is_narrowed_by_place_kind_and_time(
    enter, secretary, branch, east, li
):
    lesson = MeetingFactory(organization=branch, chair=li, kind=MeetingKind.LESSON)
    MeetingFactory(organization=branch, chair=li)
    MeetingFactory(
        organization=branch,
        chair=li,
        kind=MeetingKind.LESSON,
        held_on=dt.date(2026, 5, 4),
    )
    query = {"organization": east.pk, "kind": "party_lesson", "since": "2026-06-01"}

    page = enter(secretary).get(url_of("list"), query)

    assert list(page.context["object_list"]) == [lesson]


def test_the_list_shows_what_came_late_and_what_was_voided(
    enter, secretary, branch, east, li
):
    closed(east, dt.date(2026, 6, 1))
    MeetingFactory(organization=branch, chair=li)
    void_meeting(MeetingFactory(organization=branch, chair=li), by=None, reason="重复")

    body = enter(secretary).get(url_of("list")).content.decode()

    assert "补记，计入 2026年7月" in body
    assert "误录已作废" in body


def test_who_records_a_meeting_of_a_closed_month_is_told_where_it_counts(
    enter, keeper, branch, east, li
):
    closed(east, dt.date(2026, 6, 1))

    page = enter(keeper).post(record_url(branch), minutes_data(li), follow=True)

    (said,) = [str(message) for message in page.context["messages"]]
    assert "计入2026年7月" in said.replace(" ", "")


@pytest.mark.mission("S4-06", "S0-07")
def test_a_branch_owes_a_members_meeting_until_it_was_held(keeper, branch, li):
    before = [(t.count, t.due_on) for t in todos_for(keeper, TODAY)]

    MeetingFactory(organization=branch, chair=li, held_on=dt.date(2026, 7, 3))

    assert before == [(1, dt.date(2026, 9, 30))]
    assert todos_for(keeper, TODAY) == []


def test_seven_full_members_owe_a_committee_meeting_too(
    enter, keeper, branch, newcomer
):
    MemberFactory.create_batch(7, organization=branch)

    page = enter(keeper).get(url_of("owed"))

    owed = [(each.kind, each.due_on) for each in page.context["table"].data]
    assert owed == [
        (MeetingKind.COMMITTEE, dt.date(2026, 7, 31)),
        (MeetingKind.MEMBERS, dt.date(2026, 9, 30)),
    ]


def test_a_voided_meeting_is_owed_again(keeper, branch, li):
    meeting = MeetingFactory(organization=branch, chair=li, held_on=dt.date(2026, 7, 3))

    void_meeting(meeting, by=None, reason="录入重复")

    assert [todo.count for todo in todos_for(keeper, TODAY)] == [1]


def test_meetings_appear_in_a_members_timeline(keeper, officer, branch, li, han):
    MeetingFactory(organization=branch, chair=li, absent=[han], topic="预算")
    member = Member.objects.get(pk=han.pk)

    seen = [(e.day, str(e.label)) for e in timeline_of(member, keeper)]

    assert (dt.date(2026, 6, 10), "缺席支部党员大会：预算") in seen
    assert all("预算" not in str(e.label) for e in timeline_of(member, officer))


def test_projects_of_the_own_community_are_offered(enter, keeper, branch, east, west):
    own = ProjectFactory(organization=east)
    ProjectFactory(organization=west)

    form = enter(keeper).get(record_url(branch)).context["form"]

    assert list(form.fields["project"].queryset) == [own]


@pytest.mark.parametrize(
    ("full_since", "votes"),
    [("2026-06-09", True), ("2026-06-10", True), ("2026-06-11", False)],
)
@pytest.mark.parametrize("page", ["record", "change"])
def test_the_list_says_who_had_a_vote_on_the_day_of_the_meeting(
    enter, keeper, branch, page, full_since, votes
):
    chair = MemberFactory(organization=branch, starts_on=dt.date(2026, 1, 5))
    MemberFactory(
        organization=branch,
        starts_on=dt.date(2026, 1, 5),
        name="新转正",
        full_member_date=dt.date.fromisoformat(full_since),
    )
    meeting = MeetingFactory(
        organization=branch, held_on=dt.date(2026, 6, 10), chair=chair
    )
    url = record_url(branch) if page == "record" else url_of("change", meeting.pk)

    lines = enter(keeper).get(url).context["form"].rows

    assert [line.votes for line in lines if line.label == "新转正"] == [votes]
