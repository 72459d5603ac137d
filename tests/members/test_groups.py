"""Groups of members that follow from records; how complete the register is."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import months_before, today, years_before
from members.actions import receive_transfer, record_mobile
from members.enums import Category, MobileKind, StartReason
from members.groups import GROUPS, count_groups
from members.models import Member
from tests.factories.members import (
    ActivityCertificateFactory,
    LostContactFactory,
    MemberFactory,
    TransferFactory,
)
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db


def counted(user):
    return {one.group.key: one.count for one in count_groups(user) if one.count}


@pytest.mark.mission("S1-13")
def test_whoever_fits_is_in_the_group_and_the_count_opens_who(
    client, secretary, branch
):
    people = {
        "retired": MemberFactory(organization=branch, category=Category.RETIRED),
        "awaiting": MemberFactory(organization=branch, category=Category.AWAITING),
        "probationary": MemberFactory(organization=branch, standing="probationary"),
        "certificate": ActivityCertificateFactory(member__organization=branch).member,
        "lost": LostContactFactory(member__organization=branch).member,
        "mobile_talent": MemberFactory(organization=branch),
    }
    record_mobile(
        people["mobile_talent"],
        kind=MobileKind.TALENT,
        by=None,
        on=months_before(today(), 1),
    )
    Member.objects.filter(pk=people["retired"].pk).update(
        birth_date=years_before(today(), 80), join_date=years_before(today(), 51)
    )
    people |= {"old": people["retired"], "long_serving": people["retired"]}
    client.force_login(secretary)

    counts = counted(secretary)

    page = client.get(reverse("members:groups"))
    assert len(page.context["table"].rows) == len(GROUPS)
    for key, member in people.items():
        found = client.get(reverse("members:list"), {"group": key})
        rows = list(found.context["table"].data)
        assert member in rows
        assert len(rows) == counts[key]


def test_a_group_counts_nobody_outside_ones_area(secretary, branch):
    MemberFactory(organization=BranchFactory(), category=Category.RETIRED)

    assert "retired" not in counted(secretary)


@pytest.mark.mission("S3-05")
def test_the_register_says_by_branch_what_is_missing_and_in_whose_record(
    client, secretary, branch, east
):
    full = {"ethnicity": "汉族", "education": "20", "address": "东街1号"}
    values = {**full, "full_member_date": dt.date(2011, 7, 1)}
    whole = MemberFactory(organization=branch, **values)
    without = MemberFactory(organization=branch, **{**values, "address": ""})
    other = MemberFactory(organization=BranchFactory(parent=east), **values)
    MemberFactory(organization=BranchFactory(), **values)
    client.force_login(secretary)

    page = client.get(reverse("members:completeness"))

    lines = {line.organization: line for line in page.context["table"].data}
    assert {*lines} == {branch, other.organization}
    line = lines[branch]
    assert line.members == 2
    assert line.missing["address"] == 1
    rows = client.get(line.url_of("address")).context["table"].data
    assert list(rows) == [without]
    assert whole not in rows


@pytest.mark.mission("S3-05")
def test_the_register_says_by_branch_on_what_paper_records_rest(
    client, secretary, branch
):
    bare = MemberFactory(organization=branch)
    filed = MemberFactory(organization=branch, basis="党员档案第12号")
    MemberFactory(
        organization=branch,
        reason=StartReason.DEVELOPED,
        approved_on=dt.date(2020, 7, 20),
    )
    client.force_login(secretary)

    (line,) = client.get(reverse("members:papers")).context["table"].data
    assert (line.members, dict(line.counts)) == (
        3,
        {"letter": 0, "approval": 1, "file": 1, "without": 1},
    )
    rows = client.get(line.url_of("without")).context["table"].data
    assert list(rows) == [bare]
    page = client.get(filed.get_absolute_url()).content.decode()
    assert "党员档案第12号" in page


@pytest.mark.mission("S3-05")
def test_who_came_by_a_letter_has_a_paper(client, secretary, branch):
    came = TransferFactory(to=branch.parent.parent, issued=True)
    receive_transfer(came, by=None, branch=branch)
    client.force_login(secretary)

    (line,) = client.get(reverse("members:papers")).context["table"].data
    assert (line.counts["letter"], line.counts["without"]) == (1, 0)
