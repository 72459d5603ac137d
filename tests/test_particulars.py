"""Whatever page shows particulars of a member, an access entry says who saw them.

Particulars are what proves a person or is sealed: the identity number and its last four
characters, by which a slip is used, the phone even with its middle hidden, and the
number behind the birth date. Lists and choices show the month of birth.
"""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import AccessEntry
from core.audit.presentation import HIDDEN
from members.actions import change_member
from organizations.roles import Role
from tests.access_matrix.base import PEOPLE
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.volunteering import ClaimFactory
from tests.test_access_matrix import ACCESS, body_of, signed_in

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.UsernameOrPhone"
READ = sorted(name for name, access in ACCESS.items() if access.method == "get")
RECORDS = (
    "members:detail",
    "members:change",
    "admin:members_member_change",
    "admin:members_member_history",
)


def particulars_of(member):
    """The texts that are a member's particulars."""
    day = member.birth_date
    return {
        str(member.id_number),
        str(member.id_number)[-4:],
        str(member.phone),
        member.masked_phone,
        day.isoformat(),
        date_format(day, "DATE_FORMAT"),
    }


def beginning_of_number(member):
    """The place in a number: with the birth date and its last four it tells all."""
    return str(member.id_number)[:6]


def seen_unrecorded(person, member, answer):
    """What of the member a page shows to another person without an access entry.

    Whoever puts together what all pages show has the birth date and the last four
    characters at most: the place is on none, so that hundreds of numbers remain.
    """
    if answer.status_code == 200 and beginning_of_number(member) in body_of(answer):
        return {beginning_of_number(member)}
    if answer.status_code != 200 or person == account_of(member):
        return set()
    entries = AccessEntry.objects.filter(actor=person, subject_id=str(member.pk))
    text = body_of(answer)
    shown = {one for one in particulars_of(member) if one in text}
    return set() if entries.exists() else shown


@pytest.mark.parametrize("name", READ)
def test_a_page_with_particulars_records_who_saw_them(name, world):
    access, member = ACCESS[name], world.member
    own, _foreign = access.args(world)
    readers = [
        world.people[p] for p in PEOPLE if p != "nobody" and access.own[p] == 200
    ]

    found = {}
    for person in readers:
        answer = signed_in(person).get(reverse(name, args=own))
        if shown := seen_unrecorded(person, member, answer):
            found[str(person)] = shown

    assert found == {}


@pytest.mark.parametrize("page", RECORDS)
def test_each_page_of_a_member_s_record_records_who_saw_it(page, world):
    member, person = world.member, world.people["staff"]
    change_member(member, by=None, phone="13912345678")

    answer = signed_in(person).get(reverse(page, args=[member.pk]))

    assert answer.status_code == 200
    assert AccessEntry.objects.get().subject_id == str(member.pk)


def test_a_history_shows_no_part_of_a_number(client, world):
    member, person = world.member, world.people["staff"]
    change_member(member, by=None, phone="13912345678")
    client.force_login(person, BACKEND)

    text = client.get(
        reverse("admin:members_member_history", args=[member.pk])
    ).content.decode()

    assert HIDDEN in text
    assert {one for one in ("5678", member.id_number[-4:]) if one in text} == set()


def test_choices_of_members_show_no_part_of_a_number(client, world):
    community = world.community
    member = MemberFactory(organization=community)
    claim = ClaimFactory(member=member, past=True, shift__post__organization=community)
    keeper = holder(Role.SECRETARY, community)
    client.force_login(keeper, BACKEND)

    pages = [
        reverse("members:slips"),
        reverse("volunteering:attendance", args=[claim.shift_id]),
    ]
    texts = [client.get(page).content.decode() for page in pages]

    found = [seen_unrecorded(keeper, member, client.get(page)) for page in pages]
    assert all(member.name in text for text in texts)
    assert found == [set(), set()]
