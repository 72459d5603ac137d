"""A form that nobody could send is not opened: the page says why at once."""

import pytest
from django.urls import reverse

from core.months import today
from members.actions import end_membership
from members.enums import EndReason
from tests.factories.members import MemberFactory

PAGES = ("move", "affiliate", "end", "away")


def opened(browser, member, page):
    """Return whether the form opens, and what the page says."""
    answer = browser.get(reverse(f"members:{page}", args=[member.pk]), follow=True)
    return "form" in answer.context, answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_of_a_dead_member_each_form_says_so_instead_of_opening(browser, branch, page):
    member = MemberFactory(organization=branch, name="李明")
    end_membership(member, reason=EndReason.DIED, by=None, on=today())

    is_open, text = opened(browser, member, page)

    assert not is_open
    assert "党籍已于" in text or "如系误录" in text


def test_an_expelled_member_s_return_still_opens(browser, branch):
    member = MemberFactory(organization=branch)
    end_membership(member, reason=EndReason.EXPELLED, by=None, on=today())

    assert [opened(browser, member, page)[0] for page in PAGES] == [
        *(False, True, False, False)
    ]


def test_of_a_current_member_every_form_opens(browser, branch):
    member = MemberFactory(organization=branch)

    pages = ("move", "end", "away")
    assert [opened(browser, member, page)[0] for page in pages] == [True] * 3
