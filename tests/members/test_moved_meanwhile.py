"""Forms over a member and a transfer, overtaken by what another window recorded."""

import datetime as dt

import pytest
from django.urls import reverse

from core.dates import format_day
from core.months import today
from members import actions
from members.actions import affiliate_member, move_member
from members.enums import Category, EndReason, MobileKind, StartReason, TransferState
from members.errors import RecordedMeanwhile, RecordedMeanwhileBy
from members.models import CheckIn, Member, MobileRecord, Transfer
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory
from tests.messages import refusal_of, says, translated

BACKEND = "accounts.backends.UsernameOrPhone"


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


def page(name, *args):
    return reverse(f"members:{name}", args=args)


def fill_in(browser, url, **changes):
    """Return the data a browser would submit from the form at the URL."""
    form = browser.get(url).context["form"]
    data = {b.html_name: "" if b.value() is None else b.value() for b in form}
    return {**data, **changes}


def belongs_to(member, organization):
    """Return the words that say where the member belongs from today on."""
    return translated(
        "%(name)s belongs to %(organization)s from %(day)s",
        name=member.name,
        organization=organization,
        day=format_day(today()),
    )


@pytest.mark.parametrize("goes_elsewhere", [True, False])
@pytest.mark.parametrize("is_own", [True, False])
def test_a_form_overtaken_by_a_move_says_who_moved_the_member_and_where(
    browser, staff, secretary, member, east, is_own, goes_elsewhere
):
    second, third = BranchFactory(parent=east), BranchFactory(parent=east)
    url = page("move", member.pk)
    wanted = third if goes_elsewhere else second
    data = fill_in(browser, url, organization=wanted.pk)
    mover = secretary if is_own else staff
    move_member(member, second, by=mover)

    answer = browser.post(url, data, follow=True)

    said = refusal_of(
        RecordedMeanwhile,
        who="您" if is_own else "其他人",
        what=belongs_to(member, second),
    )
    assert says(answer.content.decode(), said)
    member.refresh_from_db()
    assert member.organization == second


def move(member, east, by):
    move_member(member, BranchFactory(parent=east), by=by)


def end(member, east, by):
    actions.end_membership(member, reason=EndReason.STRUCK_OFF, by=by)


def send_away(member, east, by):
    actions.record_mobile(
        member, kind=MobileKind.WORKING_AWAY, by=by, on=dt.date(2026, 6, 1)
    )


def bring_back(member, east, by):
    row = member.mobile_records.get(ends_on=None)
    actions.end_mobile(row, by=by)


def leave_again(member, east, by):
    bring_back(member, east, by)
    actions.record_mobile(member, kind=MobileKind.WORKING_AWAY, by=by)


FORMS = {
    "move": {"on": today()},
    "end": {"reason": EndReason.DIED, "on": today()},
    "away": {"kind": MobileKind.WORKING_AWAY, "on": today()},
    "back": {"on": today()},
    "void": {"reason": "录入错误"},
    "propose_transfer": {"to_text": "邻市委组织部", "cause": "work"},
}
AWAY = {"back"}
"""The forms that are opened while the member is away."""
OVERTAKEN = [
    *((form, act) for form in FORMS if form not in AWAY for act in (move, end)),
    *((form, send_away) for form in ("end", "away", "void")),
    *((form, bring_back) for form in ("back",)),
    ("back", leave_again),
]


@pytest.mark.parametrize(("form", "act"), OVERTAKEN)
def test_every_form_over_a_member_says_what_was_recorded_meanwhile(
    browser, staff, member, east, form, act
):
    if form in AWAY:
        send_away(member, east, staff)
    url = page(form, member.pk)
    data = fill_in(browser, url, **FORMS[form])
    act(member, east, staff)
    before = records()

    answer = browser.post(url, data, follow=True)

    assert says(answer.content.decode(), refusal_of(RecordedMeanwhile, who="其他人"))
    assert records() == before


def records():
    """Return where everybody stands."""
    return [
        list(model.all_objects.order_by("pk").values())
        for model in (Member, MobileRecord, CheckIn)
    ]


def test_who_moved_the_member_is_told_to_readers_of_the_history(
    client, staff, secretary, member, east
):
    second, third = BranchFactory(parent=east), BranchFactory(parent=east)
    client.force_login(staff, BACKEND)
    url = page("move", member.pk)
    data = fill_in(client, url, organization=third.pk)
    move_member(member, second, by=secretary)

    answer = client.post(url, data, follow=True)

    said = refusal_of(RecordedMeanwhileBy, who="王芳", what=belongs_to(member, second))
    assert says(answer.content.decode(), said)


def test_a_form_overtaken_by_an_affiliation_says_who_recorded_it(browser, staff, east):
    first, second = BranchFactory(parent=east), BranchFactory(parent=east)
    guest = MemberFactory(
        organization=None, community=east, category=Category.IN_SERVICE
    )
    url = page("affiliate", guest.pk)
    data = fill_in(browser, url, organization=first.pk)
    affiliate_member(guest, second, reason=StartReason.RECORDED, by=staff, on=today())

    answer = browser.post(url, data, follow=True)

    said = refusal_of(RecordedMeanwhile, what=belongs_to(guest, second))
    assert says(answer.content.decode(), said)


STEPS = {
    "issue_letter": (False, {"on": today(), "valid_days": 30}),
    "void_transfer": (False, {"reason": "本人不走了"}),
    "reissue_letter": (True, {"reason": "遗失", "valid_days": 30}),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_a_transfer_says_who_took_it_on_meanwhile(
    client, staff, secretary, member, step
):
    issued, values = STEPS[step]
    transfer = TransferFactory(member=member, issued=issued)
    client.force_login(staff, BACKEND)
    data = fill_in(client, page(step, transfer.pk), **values)
    actions.void_transfer(transfer, by=secretary, reason="本人不走了")

    answer = client.post(page(step, transfer.pk), data, follow=True)

    assert says(answer.content.decode(), refusal_of(RecordedMeanwhileBy, who="王芳"))
    assert [row.state for row in Transfer.objects.all()] == [TransferState.VOIDED]
