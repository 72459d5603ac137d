"""A round of checking in of a made-up street, and where its people work."""

import datetime as dt

from config.demo.life import CommunityStaff
from config.demo.names import People
from members.actions import (
    change_member,
    note_home_branch,
    open_round,
    set_skills,
)
from members.models import Member
from organizations.models import Organization, Unit

WORKING_AT_UNIT = 12
FILED = 15
INTERESTS = ("reading", "music", "sports", "gardening")
HOURS = (("6m", "6a"), ("1e", "3e", "5e"), ("2a", "7m"))


def make_rounds(
    shown: Organization, unit: Unit, people: People, staff: CommunityStaff
) -> None:
    """Open this year's round of the street; some of the shown community have a unit."""
    street = shown.parent
    if street is None:
        return
    year = people.today.year
    open_round(
        street,
        by=staff.staff,
        title=f"{year}年在职党员“双报到”",
        basis="关于深化在职党员到社区报到为群众服务的通知（枣组发〔2026〕12号）",
        starts_on=dt.date(year, 1, 1),
        ends_on=dt.date(year + 1, 1, 1),
        expected="到居住地社区报到，作出一项承诺，全年参加服务不少于两次",
    )
    guests = Member.objects.checked_in_at(shown).order_by("pk")[:WORKING_AT_UNIT]
    branch = shown.children.open().order_by("path")[0]
    for number, member in enumerate(Member.objects.belonging_to(branch)[:FILED]):
        basis = f"党员档案第{number + 1}号"
        change_member(member, basis=basis, by=staff.secretary)
    for number, member in enumerate(guests):
        change_member(member, employer=unit, by=staff.secretary)
        if member.organization is None:
            note_home_branch(
                member, home_branch=f"{unit.name}党支部", by=staff.secretary
            )
        set_skills(
            member,
            skills=member.skills,
            interests=[INTERESTS[number % 4], INTERESTS[(number + 1) % 4]],
            free_hours=HOURS[number % 3],
            available="",
            by=staff.secretary,
        )
