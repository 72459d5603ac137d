"""Pages of co-building, as secretary and liaison use them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from cobuilding.actions import change_agreement, measure_targets, sign_agreement
from cobuilding.actions.agreements import TERMS
from cobuilding.enums import AgreementState, Side, WorkOf
from cobuilding.errors import DueOutsideTerm
from cobuilding.models import Agreement, Target
from communities.enums import MeetingKind, ProjectTag
from communities.models import Project
from core.dates import format_day
from core.registries.todos import todos_for
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from organizations.roles import Role
from tests.factories.accounts import UserFactory, holder
from tests.factories.cobuilding import AgreementFactory, TargetFactory, signed
from tests.factories.communities import MeetingFactory, ProjectFactory
from tests.factories.members import MemberFactory
from tests.factories.volunteering import (
    ClaimFactory,
    PostFactory,
    ShiftFactory,
    at,
)
from tests.html import hidden
from tests.messages import message, refusal_of, rule, says, translated

JUNE = dt.date(2026, 6, 1)


def get_url(name, *args):
    app = "communities" if "project" in name else "cobuilding"
    return reverse(f"{app}:{name}", args=args)


def list_messages(response):
    """What the next page says was done or refused."""
    return [str(message) for message in response.context["messages"]]


def test_a_refusal_is_shown_on_the_form_and_what_was_typed_stays(
    enter, secretary, east
):
    ProjectFactory(organization=east, name="义诊", starts_on=dt.date(2026, 3, 1))

    page = enter(secretary).post(
        get_url("start_project"),
        {
            "organization": east.pk,
            "name": "义诊",
            "tag": ProjectTag.RESOURCES,
            "starts_on": "2026-03-01",
        },
    )

    assert says(page.content.decode(), rule("project_name_once_per_start"))
    assert 'value="义诊"' in page.content.decode()
    assert Project.objects.count() == 1


@pytest.mark.mission("S2-54")
def test_a_secretary_drafts_an_agreement_and_promises_a_target(
    enter, secretary, east, school
):
    browser, project = enter(secretary), ProjectFactory(organization=east)
    browser.post(
        get_url("draft_agreement"),
        {
            "organization": east.pk,
            "unit": school.pk,
            "title": "校社共建协议",
            "starts_on": "2026-01-01",
            "last_day": "2026-12-31",
        },
    )
    agreement = Agreement.objects.get()

    browser.post(
        get_url("add_target", agreement.pk),
        {
            "project": project.pk,
            "indicator": "meetings_theme_days",
            "goal": "4",
            "baseline": "0",
            "due_on": "2026-12-31",
            "owner_name": "孙丽",
        },
    )

    target = Target.objects.get()
    assert (agreement.state, agreement.last_day) == ("draft", dt.date(2026, 12, 31))
    assert (target.agreement, target.goal) == (agreement, Decimal(4))


def test_a_target_due_outside_the_agreement_is_refused(enter, secretary, agreement):
    page = enter(secretary).post(
        get_url("add_target", agreement.pk),
        {
            "project": agreement.targets.get().project_id,
            "indicator": "meetings_lessons",
            "goal": "4",
            "baseline": "0",
            "due_on": "2027-01-01",
            "owner_name": "孙丽",
        },
    )

    assert says(page.content.decode(), refusal_of(DueOutsideTerm))
    assert agreement.targets.count() == 1


def test_a_target_is_taken_out_of_a_draft(enter, secretary, agreement):
    target = agreement.targets.get()

    enter(secretary).post(get_url("remove_target", target.pk))

    assert agreement.targets.count() == 0


def read_at(browser, url):
    """What the page says has been read, to be sent back with the signature."""
    return {VERSION_TOKEN: browser.get(url).context["form"][VERSION_TOKEN].value()}


def sign(browser, url):
    """Open the page and sign what stands there."""
    return browser.post(url, read_at(browser, url))


def test_an_agreement_changed_after_it_was_read_cannot_be_signed(
    enter, liaison, secretary, agreement
):
    browser, url = enter(liaison), get_url("sign_for_unit", agreement.pk)
    read = read_at(browser, url)
    agreement.targets.update(goal=9999)

    answer = browser.post(url, read)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.DRAFT
    assert "签署" in answer.context["form"].non_field_errors()[0]
    sign(browser, url)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED_BY_UNIT


def test_a_signature_says_what_it_was_given_to(enter, liaison, agreement):
    browser, url = enter(liaison), get_url("sign_for_unit", agreement.pk)

    browser.post(url, {VERSION_TOKEN: ""})

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.DRAFT


def test_the_signature_of_one_side_changes_nothing_of_what_the_other_has_read(
    enter, liaison, secretary, agreement
):
    url = get_url("sign_for_community", agreement.pk)
    read = read_at(enter(secretary), url)
    sign_agreement(agreement, Side.UNIT, by=liaison)

    enter(secretary).post(url, read)

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.IN_FORCE


@pytest.mark.mission("S2-54", "S0-18")
def test_both_sides_sign_on_their_own_pages(
    client, enter, secretary, liaison, agreement
):
    sign(enter(liaison), get_url("sign_for_unit", agreement.pk))
    sign(enter(secretary), get_url("sign_for_community", agreement.pk))

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.IN_FORCE
    assert agreement.signed_by_unit == liaison
    assert agreement.signed_by_community == secretary


def test_who_signs_is_asked_first_and_told_what_follows(enter, liaison, agreement):
    browser = enter(liaison)
    led = [
        way.url
        for way in browser.get(agreement.get_absolute_url()).context["page_actions"]
    ]

    asked = browser.get(get_url("sign_for_unit", agreement.pk))

    agreement.refresh_from_db()
    assert get_url("sign_for_unit", agreement.pk) in led
    assert "不能撤回" in str(asked.context["consequence"])
    assert agreement.state == AgreementState.DRAFT


def in_words(row, name):
    """Return how a page writes one of the terms of an agreement."""
    shown = {"ends_on": "last_day"}.get(name, name.removesuffix("_id"))
    value = getattr(row, shown)
    return format_day(value) if isinstance(value, dt.date) else str(value)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("name", TERMS)
def test_who_signs_reads_every_term_that_the_signature_covers(
    enter, liaison, secretary, agreement, side, name
):
    signer = liaison if side == Side.UNIT else secretary
    browser, url = enter(signer), get_url(f"sign_for_{side}", agreement.pk)

    page = browser.get(url).content.decode()

    assert in_words(agreement, name) in page[page.index("<form class=") :]


def test_pressing_twice_signs_once_and_says_so_once(enter, liaison, agreement):
    browser = enter(liaison)
    sent = {**read_at(browser, get_url("sign_for_unit", agreement.pk)), KEY: "one"}
    browser.post(get_url("sign_for_unit", agreement.pk), sent)

    page = browser.post(get_url("sign_for_unit", agreement.pk), sent, follow=True)

    assert list_messages(page) == [translated("Signed for the unit.")]


def test_the_liaison_reads_their_own_unit_and_nothing_else(
    enter, liaison, east, agreement
):
    AgreementFactory(organization=east, title="别家协议")

    page = enter(liaison).get(get_url("unit"))

    shown = [card["agreement"] for card in page.context["cards"]]
    assert shown == [agreement]
    assert "别家协议" not in page.content.decode()


def test_what_waits_for_the_unit_stands_first(enter, liaison, east, school, agreement):
    signed(agreement)
    waiting = AgreementFactory(
        organization=east,
        unit=school,
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2026, 1, 1),
    )
    TargetFactory(agreement=waiting, project__unit=school, due_on=dt.date(2025, 12, 31))

    page = enter(liaison).get(get_url("unit"))

    cards = page.context["cards"]
    assert [card["agreement"] for card in cards] == [waiting, agreement]
    assert [len(card["buttons"]) for card in cards] == [1, 0]


def test_progress_is_shown_on_the_page_as_bar_and_figures(
    enter, liaison, east, agreement
):
    signed(agreement)
    measure_targets(JUNE, [east.pk])

    body = enter(liaison).get(get_url("unit")).content.decode()

    assert 'max="12.00"' in body
    assert "0 / 12 次" in body
    assert says(body, message("Behind: %(expected)s expected by now", expected=6))


def test_a_draft_opened_before_a_change_is_a_conflict(enter, secretary, agreement):
    browser, url = enter(secretary), get_url("change_agreement", agreement.pk)
    opened = browser.get(url)
    change_agreement(agreement, by=None, title="已改的标题")

    page = browser.post(
        url,
        {
            "title": "我的标题",
            "starts_on": "2026-01-01",
            "last_day": "2026-12-31",
            "version_token": hidden(opened, "version_token"),
        },
    )

    assert page.status_code == 409
    assert [(c.yours, c.now) for c in page.context["conflicts"]] == [
        ("我的标题", "已改的标题")
    ]
    assert Agreement.objects.get().title == "已改的标题"


def test_an_agreement_ends_with_its_reason(enter, secretary, agreement):
    signed(agreement)

    enter(secretary).post(
        get_url("end_agreement", agreement.pk), {"reason": "单位搬迁"}
    )

    agreement.refresh_from_db()
    assert (agreement.state, agreement.end_reason) == ("ended", "单位搬迁")


@pytest.fixture
def party_day(agreement, branch):
    """A Party day in June for the project of the agreement's target."""
    return MeetingFactory(
        organization=branch,
        chair=MemberFactory(organization=branch),
        kind=MeetingKind.THEME_DAY,
        held_on=dt.date(2026, 6, 5),
        topic="校园联学",
        project=agreement.targets.get().project,
    )


def test_a_months_figure_opens_to_exactly_its_rows(
    enter, secretary, east, agreement, party_day
):
    signed(agreement)
    measure_targets(JUNE, [east.pk])
    target = agreement.targets.get()
    figure = target.progress.get(month=JUNE).month_value

    page = enter(secretary).get(get_url("target_rows", target.pk, 2026, 6))

    table = page.context["table"]
    assert (figure, page.context["figure"], len(table.rows)) == (1, 1, 1)
    assert "校园联学" in page.content.decode()


def test_the_liaison_opens_the_rows_of_their_own_target(
    enter, liaison, agreement, party_day
):
    target = agreement.targets.get()

    page = enter(liaison).get(get_url("target_rows", target.pk, 2026, 6))

    assert (page.context["hidden"], len(page.context["table"].rows)) == (0, 1)
    assert "校园联学" in page.content.decode()
    assert party_day.get_absolute_url() not in page.content.decode()


@pytest.fixture
def served(agreement):
    """王芳's place at a post of the project, which the agreement has a target for."""
    target = TargetFactory(
        agreement=agreement,
        indicator="claims_made",
        goal=60,
        work_of=WorkOf.ANYONE,
    )
    post = PostFactory(organization=agreement.organization, project=target.project)
    ClaimFactory(
        member=MemberFactory(name="王芳"),
        shift=ShiftFactory(post=post, day=dt.date(2026, 6, 9)),
        at=at(dt.date(2026, 6, 3)),
    )
    return target


def test_who_only_looks_at_figures_reads_no_names_behind_a_target(
    enter, city, east, secretary, liaison, served
):
    url = get_url("target_rows", served.pk, 2026, 6)
    officer = holder(Role.CITY_OFFICER, city)

    for person in (officer, liaison):
        looked = enter(person).get(url)
        assert (looked.context["figure"], len(looked.context["table"].rows)) == (1, 1)
        assert "王芳" not in looked.content.decode()

    kept = enter(secretary).get(url)
    assert "王芳" in kept.content.decode()


def test_a_row_of_a_target_leads_to_its_record(enter, secretary, agreement, party_day):
    page = enter(secretary).get(
        get_url("target_rows", agreement.targets.get().pk, 2026, 6)
    )

    assert f'href="{party_day.get_absolute_url()}"' in page.content.decode()


@pytest.mark.parametrize("month", [(2025, 12), (2027, 1), (2026, 13), (2026, 0)])
def test_a_month_outside_the_agreement_has_no_page(enter, secretary, agreement, month):
    page = enter(secretary).get(
        get_url("target_rows", agreement.targets.get().pk, *month)
    )

    assert page.status_code == 404


def test_an_agreement_in_force_that_has_run_out_says_so(enter, secretary, east, school):
    old = AgreementFactory(
        organization=east,
        unit=school,
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2026, 1, 1),
    )
    TargetFactory(agreement=old, due_on=dt.date(2025, 12, 31))
    signed(old)

    body = enter(secretary).get(get_url("agreement", old.pk)).content.decode()

    assert "已到期" in body


def test_each_side_is_reminded_to_sign(liaison, secretary, agreement):
    day = dt.date(2026, 7, 15)
    first = [(t.count, t.url) for t in todos_for(liaison, day)]
    sign_agreement(agreement, Side.UNIT, by=liaison)

    then = [t.url for t in todos_for(secretary, day) if "cobuilding" in t.url]

    assert first == [(1, "/unit/")]
    assert todos_for(liaison, day) == []
    assert then == ["/cobuilding/?state=signed_by_unit"]


def test_a_deputy_signs_and_a_clerk_does_not(enter, east, agreement):
    deputy, clerk = holder(Role.DEPUTY, east), holder(Role.CLERK, east)
    url = get_url("sign_for_community", agreement.pk)

    refused = enter(clerk).post(url).status_code
    sign(enter(deputy), url)

    agreement.refresh_from_db()
    assert (refused, agreement.signed_by_community) == (403, deputy)


def fill(east, school, rows):
    """Agreements of the two with as many targets, measured."""
    for _row in range(rows):
        made = AgreementFactory(organization=east, unit=school)
        TargetFactory(agreement=made, project__unit=school)
        signed(made)
    measure_targets(JUNE, [east.pk])


@pytest.mark.parametrize("rows", [3, 20])
@pytest.mark.parametrize(
    ("name", "who", "queries"),
    [("list", "secretary", 9), ("projects", "secretary", 9), ("unit", "liaison", 8)],
)
def test_a_list_costs_the_same_for_3_rows_and_20(
    request, enter, east, school, rows, name, who, queries, django_assert_num_queries
):
    fill(east, school, rows)
    browser = enter(request.getfixturevalue(who))

    with django_assert_num_queries(queries):
        page = browser.get(get_url(name))

    assert page.status_code == 200


@pytest.mark.parametrize("rows", [3, 30])
def test_an_agreement_costs_the_same_for_3_targets_and_30(
    enter, secretary, agreement, rows, django_assert_num_queries
):
    TargetFactory.create_batch(rows, agreement=agreement)
    signed(agreement)
    measure_targets(JUNE, [agreement.organization_id])
    browser = enter(secretary)

    with django_assert_num_queries(9):
        page = browser.get(get_url("agreement", agreement.pk))

    assert len(page.context["promises"]) == rows + 1


def test_somebody_without_a_unit_has_no_unit_page(db, enter):
    assert enter(UserFactory()).get(get_url("unit")).status_code == 403


def test_a_target_of_hours_is_written_as_hours_are(enter, secretary, agreement):
    target = TargetFactory(agreement=agreement, indicator="service_hours", goal=60)

    page = enter(secretary).get(target.get_absolute_url()).content.decode()

    assert "60.0 小时" in page
    assert "60.00" not in page


def test_what_is_signed_says_how_much_of_what(enter, liaison, agreement):
    TargetFactory(agreement=agreement, indicator="service_hours", goal=60)

    page = enter(liaison).get(get_url("sign_for_unit", agreement.pk)).content.decode()

    assert "60.0 小时" in page
