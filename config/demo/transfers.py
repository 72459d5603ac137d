"""Transfers by letter in a made-up city, each at another of its steps."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from config.demo.life import CommunityStaff
from config.demo.names import People
from members.actions import (
    confirm_arrival,
    expire_letters,
    hand_on_transfer,
    issue_letter,
    propose_transfer,
    receive_transfer,
    record_letters,
    refuse_transfer,
)
from members.models import Member, Transfer
from organizations.models import Organization
from organizations.queries import street_above

RETIRED = ["陶长林", "邱玉梅", "石国庆"]
OUTSIDE = "中共武汉市洪山区委组织部"


def make_transfers(
    community: Organization,
    others: Sequence[Organization],
    people: People,
    staff: CommunityStaff,
) -> None:
    """Let members leave the shown community by letter, and others come to it."""
    street = street_above(community)
    elsewhere = [one for one in others if street_above(one) != street]
    if street is None or not elsewhere:
        return
    there = elsewhere[0]
    _leave(community, there, people, staff)
    _come(community, there, people, staff)


def _leave(
    community: Organization, there: Organization, people: People, staff: CommunityStaff
) -> None:
    """Propose one; issue others of which one expires and one is refused."""
    to = street_above(there)
    leaving = iter(_settled(community, people, 5))
    day = people.today
    propose_transfer(next(leaving), cause="employer_changed", to=to, by=staff.secretary)
    for days_ago in (3, 20, 6):
        letter = _letter(next(leaving), day - dt.timedelta(days=days_ago), staff, to=to)
    refuse_transfer(letter, by=None, reason="本人不在我街道居住，介绍信抬头有误。")
    _letter(next(leaving), day - dt.timedelta(days=22), staff, to_text=OUTSIDE)
    expire_letters()


def _settled(organization: Organization, people: People, count: int) -> list[Member]:
    """Return some members who have belonged to the place for months."""
    began = people.today - dt.timedelta(days=60)
    here = Member.objects.belonging_to(organization).order_by("-pk")
    return list(
        here.filter(affiliations__ends_on=None, affiliations__starts_on__lt=began)[
            :count
        ]
    )


def _letter(
    member: Member, day: dt.date, staff: CommunityStaff, **organization: Any
) -> Transfer:
    transfer = propose_transfer(
        member, cause="residence_changed", by=staff.secretary, on=day, **organization
    )
    return issue_letter(transfer, by=staff.staff, on=day)


def _come(
    community: Organization, there: Organization, people: People, staff: CommunityStaff
) -> None:
    """Let one be received, two be on the way, and one come from outside the city."""
    street = street_above(community)
    branch = community.children.open().order_by("path")[0]
    day = people.today - dt.timedelta(days=4)
    coming = _settled(there, people, 3)
    sent = [
        issue_letter(
            propose_transfer(member, cause="retired", to=street, by=None, on=day),
            by=None,
            on=day,
        )
        for member in coming
    ]
    for letter in sent[:2]:
        hand_on_transfer(letter, community, by=staff.staff)
        confirm_arrival(letter, branch, by=staff.secretary)
    receive_transfer(sent[0], by=staff.staff)
    letters: list[dict[str, Any]] = [
        {"names": ["郑文秀"], "foreign_number": "0031786", "cause": "family"},
        {
            "names": RETIRED,
            "foreign_number": "0031802",
            "cause": "retired",
            "former_unit": "武汉第一机床厂",
        },
    ]
    for values in letters:
        record_letters(
            destination=community,
            by=staff.staff,
            from_text=OUTSIDE,
            issued_on=day,
            valid_days=30,
            **values,
        )
