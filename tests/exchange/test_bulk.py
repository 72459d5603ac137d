"""One thing done to many rows of a list: shown first, then all of it or nothing."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from core.web.bulk_actions import TICKED_ROWS, bulk_actions
from exchange.actions import bulk as bulk_module
from exchange.actions import do_bulk, forget_bulk_runs, run_next_job
from exchange.enums import BulkState
from exchange.errors import BulkOvertaken
from exchange.models import BulkRun
from members.actions import change_member
from members.enums import Category
from members.models import Member
from tests.exports import body, read_csv
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.html import read
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db
LIST = "members:list"


@pytest.fixture
def clerk(secretary):
    """The secretary's browser."""
    return signed_in(secretary)


@pytest.fixture
def branches(east):
    """Two branches of the secretary's community."""
    return BranchFactory.create_batch(2, parent=east)


def choose(browser, action, *, which="ticked", rows=(), address=None):
    """Choose rows in a list and what is to be done to them; return the next page."""
    query = {
        "list": address or reverse(LIST),
        "action": action,
        "which": which,
        TICKED_ROWS: [row.pk for row in rows],
    }
    return browser.get(reverse("exchange:bulk"), query)


def preview(browser, page, **values):
    """Send the form of the action; return the page that shows what would be done."""
    (form,) = [f for f in read(page).posting() if "list" in f.fields]
    answer = browser.post(reverse("exchange:bulk"), form.sent(**values))
    assert answer.status_code == 302, answer.context["form"].errors
    return browser.get(answer.url)


def confirm(browser, page):
    """Press the button of the preview."""
    form = read(page).form_to("confirm")
    assert form, "there is nothing to confirm"
    return browser.post(form.action, form.sent())


def homes():
    """Where each member belongs."""
    return dict(Member.objects.values_list("pk", "organization"))


def test_a_list_offers_what_can_be_done_to_many_and_a_box_beside_each_row(
    clerk, branches
):
    member = MemberFactory(organization=branches[0])

    text = clerk.get(reverse(LIST)).content.decode()

    offered = [one.label for one in bulk_actions if one.list_name == LIST]
    assert all(str(label) in text for label in offered)
    assert f'name="{TICKED_ROWS}" value="{member.pk}" form="many-rows"' in text
    csv = read_csv(body(clerk.get(reverse(LIST), {"export": "csv"})))
    assert next(iter(csv[0])) == "姓名"


def test_ticked_members_move_together_after_they_were_shown(clerk, branches):
    here, there = branches
    members = MemberFactory.create_batch(3, organization=here)
    left = MemberFactory(organization=here)

    page = preview(
        clerk,
        choose(clerk, "members.move", rows=members),
        organization=there.pk,
        on="2026-06-01",
    )

    assert {*homes().values()} == {here.pk}
    assert [line["name"] for line in page.context["run"].possible] == [
        m.choice_label for m in sorted(members, key=lambda m: m.pk)
    ]
    confirm(clerk, page)
    assert homes() == {
        **dict.fromkeys([m.pk for m in members], there.pk),
        left.pk: here.pk,
    }


@pytest.mark.mission("S2-46")
def test_all_rows_of_a_filter_are_chosen_without_naming_them(clerk, branches):
    here, there = branches
    inside = MemberFactory.create_batch(2, organization=here)
    outside = MemberFactory(organization=there)
    address = f"{reverse(LIST)}?organization={here.pk}"

    page = preview(
        clerk,
        choose(clerk, "members.category", which="all", address=address),
        category=Category.RETIRED,
    )
    confirm(clerk, page)

    found = Member.objects.filter(category=Category.RETIRED)
    assert {*found} - {outside} == {*inside}


def test_who_cannot_is_said_and_the_others_can(clerk, branches):
    here, there = branches
    able, already = MemberFactory(organization=here), MemberFactory(organization=there)

    page = preview(
        clerk,
        choose(clerk, "members.move", rows=[able, already]),
        organization=there.pk,
        on="2026-06-01",
    )

    (line,) = page.context["run"].refused
    assert line["key"] == already.pk
    assert already.name in line["why"]
    assert line["why"] in page.content.decode()
    confirm(clerk, page)
    assert homes()[able.pk] == there.pk


def test_what_changed_since_it_was_shown_is_shown_again_and_nothing_is_done(
    clerk, branches, secretary
):
    members = MemberFactory.create_batch(2, organization=branches[0])
    page = preview(
        clerk,
        choose(clerk, "members.category", rows=members),
        category=Category.RETIRED,
    )
    change_member(members[0], by=secretary, category=Category.RETIRED)

    answer = confirm(clerk, page)

    again = clerk.get(answer.url)
    members[1].refresh_from_db()
    assert members[1].category != Category.RETIRED
    assert "上次显示以后情况有变动" in again.content.decode()
    assert [line["key"] for line in again.context["run"].possible] == [members[1].pk]
    confirm(clerk, again)
    members[1].refresh_from_db()
    assert members[1].category == Category.RETIRED


def test_all_is_undone_if_one_fails_in_the_middle(clerk, branches, monkeypatch):
    members = MemberFactory.create_batch(3, organization=branches[0])
    page = preview(
        clerk,
        choose(clerk, "members.category", rows=members),
        category=Category.RETIRED,
    )
    calls = iter(range(10))
    found = bulk_module._run_row

    def breaks(*args):
        if next(calls) == 2:
            raise RuntimeError
        return found(*args)

    monkeypatch.setattr(bulk_module, "_run_row", breaks)
    with pytest.raises(RuntimeError):
        confirm(clerk, page)

    assert not Member.objects.filter(category=Category.RETIRED).exists()
    assert BulkRun.objects.get().state == BulkState.READY


def test_it_is_done_once_however_often_it_is_confirmed(clerk, branches):
    (member,) = MemberFactory.create_batch(1, organization=branches[0])
    page = preview(
        clerk,
        choose(clerk, "members.category", rows=[member]),
        category=Category.RETIRED,
    )

    for _press in range(2):
        confirm(clerk, page)

    entries = AuditEntry.objects.filter(action="exchange.confirm_bulk")
    assert entries.count() == 1
    assert entries.get().after["rows"] == 1


def test_members_of_others_are_not_dealt_with(clerk, stranger, west, branches):
    foreign = MemberFactory(organization=BranchFactory(parent=west))
    mine = MemberFactory(organization=branches[0])

    answer = choose(clerk, "members.category", rows=[foreign])
    assert answer.status_code == 302  # the list does not show them: nothing was chosen

    page = choose(clerk, "members.category", rows=[mine, foreign])
    assert page.context["count"] == 1


def test_a_filter_that_cannot_be_read_chooses_nobody(clerk, branches):
    MemberFactory(organization=branches[0])

    answer = choose(
        clerk,
        "members.category",
        which="all",
        address=f"{reverse(LIST)}?organization=999999",
    )

    assert answer.status_code == 302
    assert not BulkRun.objects.exists()


def test_what_is_not_offered_is_forbidden(officer, branches, clerk):
    member = MemberFactory(organization=branches[0])
    run = preview(
        clerk,
        choose(clerk, "members.category", rows=[member]),
        category=Category.RETIRED,
    ).context["run"]

    other = signed_in(officer)

    assert choose(other, "members.category", rows=[member]).status_code in {403, 404}
    assert other.get(run.get_absolute_url()).status_code == 404


def test_many_rows_are_left_to_a_worker(clerk, branches, monkeypatch):
    monkeypatch.setattr(bulk_module, "IMMEDIATE_ROWS", 2)
    members = MemberFactory.create_batch(5, organization=branches[0])

    page = preview(
        clerk,
        choose(clerk, "members.category", rows=members),
        category=Category.RETIRED,
    )
    run = page.context["run"]
    assert run.state == BulkState.ASKED
    assert not read(page).form_to("confirm")
    while run_next_job():
        pass

    page = clerk.get(run.get_absolute_url())
    assert len(page.context["run"].possible) == 5
    confirm(clerk, page)
    assert not Member.objects.filter(category=Category.RETIRED).exists()
    while run_next_job():
        pass

    assert Member.objects.filter(category=Category.RETIRED).count() == 5
    assert clerk.get(run.get_absolute_url()).context["run"].is_done


def test_a_worker_that_finds_something_changed_shows_it_anew(
    clerk, branches, monkeypatch, secretary
):
    monkeypatch.setattr(bulk_module, "IMMEDIATE_ROWS", 1)
    members = MemberFactory.create_batch(2, organization=branches[0])
    page = preview(
        clerk,
        choose(clerk, "members.category", rows=members),
        category=Category.RETIRED,
    )
    while run_next_job():
        pass
    page = clerk.get(page.context["run"].get_absolute_url())
    confirm(clerk, page)
    change_member(members[0], by=secretary, category=Category.RETIRED)

    while run_next_job():
        pass

    run = BulkRun.objects.get()
    assert run.state == BulkState.READY
    assert "情况有变动" in run.job.message
    assert [line["key"] for line in run.possible] == [members[1].pk]
    change_member(members[1], by=secretary, category=Category.AWAITING)
    with pytest.raises(BulkOvertaken):
        do_bulk(run, by=secretary, progress=lambda _percent: None)


def test_names_are_forgotten_after_a_week(clerk, branches):
    member = MemberFactory(organization=branches[0])
    run = preview(
        clerk,
        choose(clerk, "members.category", rows=[member]),
        category=Category.RETIRED,
    ).context["run"]
    BulkRun.objects.update(asked_at=timezone.now() - dt.timedelta(days=8))

    assert forget_bulk_runs() == 1

    run.refresh_from_db()
    assert (run.outcome, run.values, run.state) == ([], {}, BulkState.EXPIRED)
