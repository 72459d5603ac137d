"""What ends with a check-in is listed before it ends, closed with it, and reported."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from core.months import today
from members.actions import (
    check_in,
    check_out,
    end_membership,
    void_check_in,
    void_end,
)
from members.ends.closers import closers
from members.enums import Category, EndReason, LeaveReason
from members.models import Ending
from tests.factories.members import MemberFactory, account_of
from tests.factories.volunteering import PostFactory, ShiftFactory
from tests.messages import translated
from volunteering.actions import claim_shift
from volunteering.enums import ClaimState
from volunteering.models import Claim

BACKEND = "accounts.backends.UsernameOrPhone"
CLAIMS = "volunteering.claims"
GIVEN_BACK = str(closers.get(CLAIMS).words) % {"count": 1}


@pytest.fixture
def guest(east):
    """An in-service member who belongs to their employer and serves in 东社区."""
    member = MemberFactory(in_service=True)
    check_in(member, east, by=None)
    return member


def shift_at(organization, *, days=7):
    """Return a shift to come at a community, of two hours on some day."""
    begins = timezone.now() + dt.timedelta(days=days)
    ends = begins + dt.timedelta(hours=2)
    post = PostFactory(organization=organization)
    return ShiftFactory(post=post, starts_at=begins, ends_at=ends)


def promise(member, organization, *, days=7):
    """Claim a shift to come at a community."""
    return claim_shift(shift_at(organization, days=days), member=member, by=None)


def is_held(claim):
    return Claim.objects.get(pk=claim.pk).state == ClaimState.ACTIVE


def leave_themselves(client, member):
    client.force_login(account_of(member), backend=BACKEND)
    before = client.get(reverse("members:me"))
    return before, client.post(reverse("members:leave"), follow=True)


def record_that_they_left(client, member):
    url = reverse("members:check_out", args=[member.pk])
    before = client.get(url)
    typed = {
        "reason": LeaveReason.MOVED_AWAY,
        "on": f"{member.check_ins.get(ends_on=None).starts_on}",
    }
    return before, client.post(url, typed, follow=True)


@pytest.mark.parametrize("leave", [leave_themselves, record_that_they_left])
def test_claims_are_listed_before_and_given_back_after(browser, guest, east, leave):
    claim = promise(guest, east)

    pages = leave(browser, guest)

    assert [GIVEN_BACK in page.content.decode() for page in pages] == [True, True]
    assert not is_held(claim)


def test_others_on_the_shift_are_told(guest, east):
    shift = shift_at(east)
    other = MemberFactory()
    account = account_of(other)
    for member in (guest, other):
        claim_shift(shift, member=member, by=None)

    check_out(guest.check_ins.get(ends_on=None), by=None, reason=LeaveReason.MOVED_AWAY)

    assert Notice.objects.filter(user=account).count() == 1


def test_a_member_with_a_branch_keeps_what_they_promised_elsewhere(east, west):
    member = MemberFactory(category=Category.IN_SERVICE)
    row = check_in(member, east, by=None)
    here, elsewhere = promise(member, east), promise(member, west, days=8)

    check_out(row, by=None)

    assert [is_held(claim) for claim in (here, elsewhere)] == [False, True]


def test_one_who_belongs_nowhere_keeps_nothing(guest, east, west):
    claims = [promise(guest, east), promise(guest, west, days=8)]

    check_out(guest.check_ins.get(ends_on=None), by=None)

    assert [is_held(claim) for claim in claims] == [False, False]


def test_a_voided_check_in_ends_like_another(east, west):
    member = MemberFactory(category=Category.IN_SERVICE)
    row = check_in(member, east, by=None)
    claim = promise(member, east)

    closed = void_check_in(row, by=None, reason="误录")

    assert (closed, is_held(claim)) == ([GIVEN_BACK], False)


def test_what_ends_with_a_membership_is_listed_before(browser, branch, east):
    member = MemberFactory(organization=branch)
    promise(member, east)

    page = browser.get(reverse("members:end", args=[member.pk]))

    assert GIVEN_BACK in page.content.decode()


@pytest.mark.parametrize("reason", [EndReason.DIED, EndReason.TRANSFERRED_OUT])
def test_a_voided_end_stays_in_the_timeline(browser, branch, reason):
    member = MemberFactory(organization=branch)
    end_membership(member, reason=reason, by=None)

    void_end(member, by=None, reason="张冠李戴")

    page = browser.get(member.get_absolute_url()).content.decode()
    assert "张冠李戴" in page
    assert str(reason.label) in page
    assert Ending.all_objects.get().voided_at is not None


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("reason", [EndReason.DIED, EndReason.TRANSFERRED_OUT])
def test_an_end_of_before_endings_stays_in_the_timeline_when_it_is_voided(
    browser, branch, reason, earlier
):
    """Older versions kept no row of an end; another one may be on record."""
    began = today() - dt.timedelta(days=60)
    member = MemberFactory(organization=branch, starts_on=began)
    end_membership(member, reason=reason, by=None)
    Ending.all_objects.all().delete()
    if earlier:
        day = today() - dt.timedelta(days=30)
        Ending.objects.create(
            member=member,
            organization=branch,
            ended_on=day,
            reason=EndReason.TRANSFERRED_OUT,
        )

    kept = void_end(member, by=None, reason="张冠李戴")

    page = browser.get(member.get_absolute_url()).content.decode()
    assert "张冠李戴" in page
    voided = Ending.all_objects.exclude(voided_at=None).get()
    assert (voided.ended_on, voided.reason) == (today(), reason)
    assert bool(kept) == (reason == EndReason.DIED)
    assert Ending.objects.count() == earlier


def test_after_a_voided_death_the_page_names_what_did_not_come_back(
    browser, branch, east
):
    member = MemberFactory(organization=branch, category=Category.IN_SERVICE)
    account_of(member)
    check_in(member, east, by=None)
    promise(member, east)
    end_membership(member, reason=EndReason.DIED, by=None)
    url = reverse("members:void", args=[member.pk])

    typed = {"entry": "end", "reason": "张冠李戴"}
    page = browser.post(url, typed, follow=True).content.decode()

    lost = [
        str(closers.get(k).words) % {"count": 1} for k in (CLAIMS, "members.check_ins")
    ]
    back = [
        str(closers.get(key).words) % {"count": 1}
        for key in ("accounts.accounts", "accounts.roles")
    ]
    assert [words in page for words in (*lost, *back)] == [True, True, False, False]


def test_a_guest_s_voided_death_gives_the_check_in_back(guest, east):
    promise(guest, east)
    end_membership(guest, reason=EndReason.DIED, by=None)

    kept = void_end(guest, by=None, reason="张冠李戴")

    guest.refresh_from_db()
    assert (guest.community, kept) == (east, [GIVEN_BACK])


def test_a_second_end_is_another_one(branch):
    member = MemberFactory(organization=branch)
    end_membership(member, reason=EndReason.DIED, by=None)
    void_end(member, by=None, reason="张冠李戴")
    end_membership(member, reason=EndReason.STRUCK_OFF, by=None)

    reasons = Ending.objects.values_list("reason", flat=True)

    assert list(reasons) == [EndReason.STRUCK_OFF]


def test_leaving_takes_a_second_tap_that_says_what_it_ends(client, guest, east):
    promise(guest, east)

    page, _left = leave_themselves(client, guest)

    body = page.content.decode()
    form = body.index(f'action="{reverse("members:leave")}"')
    folded = body[body.rindex("<details", 0, form) : body.index("</details>", form)]
    assert GIVEN_BACK in folded
    assert translated("Leave now") in folded
