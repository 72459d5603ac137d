"""The register of who is checked in: what is missing, and on what it rests (S3-05)."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import months_before, today
from members.actions import change_member, check_in, note_home_branch
from members.belonging import GUESTS, ON_ROLLS
from members.errors import BelongsHere, NotCheckedIn
from members.models import CheckIn
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TOMORROW = today() + DAY


@pytest.fixture
def round_of_the_street(street):
    """A round of the street that goes on."""
    return CheckInRoundFactory(
        organization=street, starts_on=months_before(today(), 1), ends_on=TOMORROW
    )


def here(community, day=None, **values):
    """Check in somebody who belongs to nobody on record here."""
    values = {"employer": UnitFactory(), **values}
    member = MemberFactory(in_service=True, community=community, **values)
    check_in(member, community, by=None, on=day or today())
    member.refresh_from_db()
    return member


def register(client, name, of):
    """Return the lines of a page about the register, by organization."""
    page = client.get(reverse(f"members:{name}"), {"of": of})
    return {line.organization: line for line in page.context["table"].data}


def opened(client, line, key=""):
    """Return the people whom a number of a line opens."""
    return {*client.get(line.url_of(key)).context["table"].data}


@pytest.mark.mission("S3-05")
def test_of_who_is_checked_in_alone_other_facts_are_asked(
    client, secretary, branch, east, round_of_the_street
):
    MemberFactory(organization=branch)
    whole = here(east)
    note_home_branch(whole, home_branch="第一中学党支部", by=None)
    lacking = {
        "phone": here(east, phone=None),
        "employer": here(east, employer=None),
        "home_branch": here(east),
        "check_in_basis": here(east, round_of_the_street.starts_on - DAY),
    }
    for key, member in lacking.items():
        if key != "home_branch":
            note_home_branch(member, home_branch="市医院党支部", by=None)
    client.force_login(secretary)

    lines = register(client, "completeness", GUESTS)

    assert {*lines} == {east}
    line = lines[east]
    assert (line.members, line.full) == (5, 1)
    assert opened(client, line) == {whole, *lacking.values()}
    for key, member in lacking.items():
        assert line.missing[key] == 1
        assert opened(client, line, key) == {member}
    assert {*register(client, "completeness", ON_ROLLS)} == {branch}


@pytest.mark.mission("S3-05")
def test_a_check_in_rests_on_its_round_or_on_a_document_that_is_named(
    client, secretary, east, round_of_the_street
):
    before = round_of_the_street.starts_on - DAY
    by_round = here(east)
    named = here(east, before, basis="报到介绍信第3号")
    bare = here(east, before)
    client.force_login(secretary)

    line = register(client, "papers", GUESTS)[east]

    assert dict(line.counts) == {"round": 1, "file": 1, "without_check_in_basis": 1}
    for key, member in (
        ("round", by_round),
        ("file", named),
        ("without_check_in_basis", bare),
    ):
        assert opened(client, line, key) == {member}


@pytest.mark.mission("S3-05")
def test_another_unit_keeps_the_round_of_the_check_in(client, secretary, east, street):
    began = months_before(today(), 2)
    CheckInRoundFactory(
        organization=street, starts_on=began, ends_on=months_before(today(), 1)
    )
    member = here(east, began)
    change_member(member, employer=UnitFactory(), by=None)
    client.force_login(secretary)

    assert register(client, "papers", GUESTS)[east].counts["round"] == 1


@pytest.mark.mission("S3-05")
def test_of_whom_another_street_keeps_the_record_only_the_check_in_is_asked(
    client, secretary, branch, foreign
):
    member = MemberFactory(organization=branch, address="", employer=UnitFactory())
    check_in(member, foreign, by=None)
    host = holder(Role.SECRETARY, foreign)

    client.force_login(host)
    line = register(client, "completeness", GUESTS)[foreign]
    assert (line.members, line.full) == (1, 0)
    assert opened(client, line, "check_in_basis") == {member}
    asked = client.get(member.get_absolute_url()).context["missing"]
    assert list(map(str, asked)) == ["报到活动或报到依据"]

    client.force_login(secretary)
    asked = client.get(member.get_absolute_url()).context["missing"]
    assert "家庭住址" in map(str, asked)
    assert "报到活动或报到依据" not in map(str, asked)


@pytest.mark.mission("S3-05")
def test_the_community_writes_down_where_a_guest_belongs(
    client, secretary, east, branch
):
    guest, own = here(east), MemberFactory(organization=branch)
    check_in(own, east, by=None)
    client.force_login(secretary)
    path = reverse("members:home_branch", args=[guest.pk])

    form = client.get(path).context["form"]
    tokens = {name: form[name].value() for name in ("idempotency_key", "version_token")}
    client.post(path, {**tokens, "home_branch": "第一中学党支部"})

    assert CheckIn.objects.get(member=guest, ends_on=None).home_branch
    assert "第一中学党支部" in client.get(guest.get_absolute_url()).content.decode()
    with pytest.raises(BelongsHere):
        note_home_branch(own, home_branch="第二支部", by=None)
    gone = MemberFactory(in_service=True)
    with pytest.raises(NotCheckedIn):
        note_home_branch(gone, home_branch="第二支部", by=None)
