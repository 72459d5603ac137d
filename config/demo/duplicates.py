"""One made-up person who was entered twice, and found."""

from config.demo.names import People
from core.identity import check_character
from members.actions import admit_member, scan_register
from members.enums import GUESTS
from members.models import Member
from organizations.models import Organization


def enter_twice(community: Organization, people: People) -> None:
    """Enter a guest of a community anew, with one digit of the number mistyped."""
    guests = Member.objects.checked_in_at(community).filter(category__in=GUESTS)
    known = guests.filter(organization=None, user=None).order_by("-pk").first()
    if known is None:
        return
    number = str(known.id_number)
    body = number[:16] + str((int(number[16]) + 2) % 10)
    admit_member(
        by=None,
        community=community,
        starts_on=people.today,
        name=known.name,
        sex=known.sex,
        birth_date=known.birth_date,
        id_number=body + check_character(body),
        phone=known.phone,
        standing=known.standing,
        category=known.category,
        join_date=known.join_date,
    )
    scan_register(lambda _percent: None)
