"""What stands with a second record of a person is read with the one that stays."""

import datetime as dt

import pytest
from django.urls import reverse

from communities.actions import record_honour
from core.months import today
from core.registries.todos import todo_sources
from figures.ratios import ratios
from members.actions import (
    answer_opinion,
    check_in,
    end_check_in,
    merge_members,
    return_pledge,
    settle_pledge,
)
from members.enums import LeaveReason, PledgeState
from members.funnels import build_funnel
from members.models import CheckIn, Member
from members.participation import participations
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.members import MemberFactory, account_of
from tests.factories.opinions import OpinionRequestFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.volunteering import ServiceRecordFactory
from tests.members.test_remarks import remark

pytestmark = pytest.mark.django_db
SAID = "清洁日志愿服务"


@pytest.fixture
def kept(branch):
    return MemberFactory(name="孙某", organization=branch, category="in_service")


@pytest.fixture
def second(branch):
    return MemberFactory(name="孙某", organization=branch, category="in_service")


def merge(kept, second):
    """Merge the second record, and return the account of the person."""
    merge_members(kept, second, reason="同一人", by=None)
    return account_of(Member.objects.get(pk=kept.pk))


def page_of(client, user, name, *args):
    """What a page says to somebody."""
    client.force_login(user)
    return client.get(reverse(f"members:{name}", args=args)).content.decode()


def served(member, east):
    """Two confirmed hours of a member in a community."""
    place = {"claim__shift__post__organization": east, "claim__member": member}
    return ServiceRecordFactory(confirmed=True, **place)


def kept_pledge(member, **values):
    row = PledgeFactory(member=member, is_accepted=True, **values)
    return settle_pledge(row, state=PledgeState.KEPT, outcome="", by=None)


def test_a_remark_is_read_and_answered_by_the_person_and_kept_by_the_secretary(
    client, secretary, east, kept, second
):
    row = remark(second, east)
    me = merge(kept, second)

    own = page_of(client, me, "me")
    assert SAID in own
    path = reverse("members:answer_remark", args=[row.pk])
    assert path in own
    assert client.get(path).status_code == 200
    assert SAID in page_of(client, secretary, "remarks", kept.pk)
    row.refresh_from_db()
    here = reverse("members:remarks", args=[kept.pk])
    assert row.get_absolute_url() == here
    former = client.get(reverse("members:remarks", args=[second.pk]))
    assert former.url == here


def test_nobody_learns_from_the_former_address_of_remarks_whose_record_it_was(
    client, stranger, east, kept, second
):
    remark(second, east)
    merge(kept, second)
    client.force_login(stranger)

    for member in (kept, second):
        path = reverse("members:remarks", args=[member.pk])
        assert client.get(path).status_code in {403, 404}


def test_pledges_of_both_records_are_one_s_own(client, kept, second):
    row = kept_pledge(second, text="旧承诺甲")
    PledgeFactory(
        member=kept, text="新承诺乙", is_accepted=True, starts_on=row.starts_on
    )
    returned = PledgeFactory(member=second, text="旧承诺丙")
    return_pledge(returned, reason="写明次数", by=None)
    me = merge(kept, second)

    page = page_of(client, me, "own_pledges")
    assert "旧承诺甲" in page
    assert "新承诺乙" in page
    again = f"{reverse('members:make_pledge')}?again={row.pk}"
    assert client.get(again).context["form"]["text"].value() == "旧承诺甲"
    sheet = page_of(client, me, "pledge_sheet", row.pk)
    assert "旧承诺甲" in sheet
    assert "新承诺乙" in sheet
    assert list(todo_sources.get("members.pledges").find(me, today()))


def test_a_round_counts_what_the_second_record_did(staff, east, kept, second):
    begun = CheckInRoundFactory(organization=east.parent)
    day = begun.starts_on
    check_in(second, east, by=None, on=day)
    row = CheckIn.objects.get(member=second)
    end_check_in(row, by=None, reason=LeaveReason.MISTAKEN)
    kept_pledge(second, starts_on=day, ends_on=day + dt.timedelta(days=300))
    served(second, east)
    before = build_funnel(begun, staff, by_unit=False)[1].counts

    merge(kept, second)

    after = build_funnel(begun, staff, by_unit=False)[1].counts
    assert before["pledged"] == 1
    assert after == {**before, "living": before["living"] - 1}
    service = participations.get("service").count()
    rows = Member.objects.annotate(served=service).filter(pk=kept.pk)
    assert rows.get().served == 1


@pytest.mark.parametrize("key", ["pledged", "claimed", "served"])
def test_shares_of_those_checked_in_count_what_the_second_record_did(
    key, east, kept, second
):
    record = served(second, east)
    month = record.claim.month
    assert record.month == month
    check_in(kept, east, by=None, on=month)
    kept_pledge(second, starts_on=month, ends_on=month + dt.timedelta(days=300))
    share = ratios.get(f"members_{key}_share")

    def shared():
        figures = (share.numerator, share.denominator)
        return [figure.rows(month).count() for figure in figures]

    before = shared()
    merge(kept, second)

    assert [before, shared()] == [[0, 1], [1, 1]]


def test_service_under_the_record_that_stays_stands_beside_a_former_pledge(
    client, secretary, east, kept, second
):
    row = PledgeFactory(member=second, is_accepted=True)
    served(kept, east)
    settle_pledge(row, state=PledgeState.KEPT, outcome="", by=None)
    merge(kept, second)
    client.force_login(secretary)

    page = client.get(reverse("members:pledge", args=[row.pk]))

    (section,) = page.context["page_sections"]
    assert [one.member for one in section.context["records"]] == [kept]


def test_the_opinion_about_the_second_record_goes_with_an_honour(
    client, secretary, kept, second
):
    row = OpinionRequestFactory(about=second)
    answer_opinion(row, opinion="agrees", reasons="带头参加服务", by=None)
    merge(kept, second)
    client.force_login(secretary)
    path = reverse("communities:honour_member", args=[kept.pk])
    row.refresh_from_db()
    assert row in client.get(path).context["form"].fields["opinion"].queryset

    honour = record_honour(
        Member.objects.get(pk=kept.pk),
        name="先进",
        level="street",
        issuer="街道党工委",
        awarded_on=today(),
        by=None,
        opinion=row,
    )

    assert honour.opinion == row
