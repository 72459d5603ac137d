"""A form about where a member belongs, overtaken by what another window recorded."""

import pytest
from django.urls import reverse

from core.months import today
from members.actions import affiliate_member, move_member
from members.enums import Category, StartReason
from members.errors import MovedMeanwhile, MovedMeanwhileBy
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.messages import refusal_of, says

BACKEND = "accounts.backends.UsernameOrPhone"


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


@pytest.fixture
def browser(client, secretary):
    """王芳, signed in."""
    client.force_login(secretary, backend=BACKEND)
    return client


def page(name, *args):
    return reverse(f"members:{name}", args=args)


def fill_in(browser, url, **changes):
    """Return the data a browser would submit from the form at the URL."""
    form = browser.get(url).context["form"]
    data = {b.html_name: "" if b.value() is None else b.value() for b in form}
    return {**data, **changes}


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
        MovedMeanwhile,
        who="您" if is_own else "其他人",
        name=member.name,
        organization=second.name,
    )
    assert says(answer.content.decode(), said)
    member.refresh_from_db()
    assert member.organization == second


def test_who_moved_the_member_is_told_to_readers_of_the_history(
    client, staff, secretary, member, east
):
    second, third = BranchFactory(parent=east), BranchFactory(parent=east)
    client.force_login(staff, BACKEND)
    url = page("move", member.pk)
    data = fill_in(client, url, organization=third.pk)
    move_member(member, second, by=secretary)

    answer = client.post(url, data, follow=True)

    said = refusal_of(MovedMeanwhileBy, who="王芳", organization=second.name)
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

    assert says(
        answer.content.decode(), refusal_of(MovedMeanwhile, organization=second.name)
    )
