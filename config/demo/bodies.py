"""Bodies of a made-up city: committees, grids, rosters and a council of units."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from accounts.models import User
from communities.actions import (
    begin_term,
    end_body,
    extend_term,
    open_seat,
    serve_place,
    set_up_body,
    take_seat,
    vacate_seat,
)
from communities.actions.roll import committee_on
from communities.enums import GROUP_LEADER, Filling, MeetingKind, VacatingReason
from communities.models import Body, BodyKind, Seat
from config.demo.names import People
from core.months import months_after
from members.models import Member
from organizations.models import Organization, Unit

F = Filling
ELECTED_MONTHS_AGO = (20, 33, 56, 26, 62, 14)
"""When the committees were elected; 56 end soon, and 62 months are too long (R-05)."""
COMMITTEE = 5
COUNCIL_YEARS = 5


def make_bodies(
    communities: Sequence[Organization],
    shown: Organization,
    unit: Unit,
    people: People,
    staff: User,
) -> None:
    """Give every community its committees, and the shown one all kinds of body."""
    kinds = {kind.code: kind for kind in BodyKind.objects.all()}
    for position, community in enumerate(communities):
        _make_committees(community, position, kinds, people)
    _fill_shown(shown, unit, kinds, people, staff)


def _make_committees(
    community: Organization, position: int, kinds: dict[str, BodyKind], people: People
) -> None:
    """Elect a committee of the Party and one of residents, one leader often in both."""
    ago = ELECTED_MONTHS_AGO[position % len(ELECTED_MONTHS_AGO)]
    day = months_after(people.today, -ago)
    party = _elect(community, kinds["community_committee"], day, "换届选举结果的报告")
    here = Member.objects.belonging_to(community).voting().order_by("-pk")[:3]
    leaders = list(here)
    seats = iter(party.seats.order_by("kind__position", "number"))
    for seat, member in zip(seats, leaders, strict=False):
        _take(seat, day, member=member, is_full_time=seat.kind.leads)
    council = _elect(community, kinds["residents_committee"], day, "居民委员会选举公告")
    seats = iter(council.seats.order_by("kind__position", "number"))
    if position % 3:  # one person leads both
        _take(next(seats), day, member=leaders[0], is_full_time=True)
    for seat in list(seats)[:3]:
        _take(seat, day, person=_stranger(people))


def _elect(
    community: Organization, kind: BodyKind, day: dt.date, document: str
) -> Body:
    body = set_up_body(
        community,
        kind=kind,
        by=None,
        name=f"{community.name}{kind.name.removeprefix('社区')}",
        starts_on=day,
    )
    begin_term(
        body,
        starts_on=day,
        begun_by=F.ELECTION,
        by=None,
        number=3,
        basis=document,
        approved_by="街道党工委",
        approved_on=day,
    )
    return body


def _take(seat: Seat, day: dt.date, **values: Any) -> None:
    channel = values.pop("channel", F.ELECTION)
    take_seat(seat, by=None, channel=channel, starts_on=day, **values)


def _stranger(people: People) -> dict[str, Any]:
    """Return what is recorded of somebody who is no member."""
    known = people.values()
    return {
        "name": known["name"],
        "sex": known["sex"],
        "birth_month": known["birth_date"].replace(day=1),
        "education": known["education"],
    }


def _fill_shown(
    shown: Organization,
    unit: Unit,
    kinds: dict[str, BodyKind],
    people: People,
    staff: User,
) -> None:
    """Let workers, grids, a council of units and an ended group stand in one place."""
    day = months_after(people.today, -10)
    members = iter(Member.objects.belonging_to(shown).voting().order_by("pk")[10:20])
    grids = set_up_body(shown, kind=kinds["grid_workers"], by=staff, starts_on=day)
    for seat in _seats_of(grids, more=3):
        by_tender = {"channel": F.RECRUITMENT, "is_full_time": True}
        _take(seat, day, person=_stranger(people), **by_tender)
    workers = set_up_body(shown, kind=kinds["party_workers"], by=staff, starts_on=day)
    for number, seat in enumerate(_seats_of(workers, more=3)):
        _take(
            seat,
            day,
            member=next(members),
            channel=F.RECRUITMENT,
            is_full_time=number < 2,
            is_long_term=number == 0,
        )
    police = set_up_body(
        shown, kind=kinds["police_commissioners"], by=staff, starts_on=day
    )
    _take(police.seats.get(), day, person=_stranger(people), channel=F.SECONDMENT)
    _name_who_answers(shown, kinds, people, staff)
    council = set_up_body(shown, kind=kinds["liaison_council"], by=staff, starts_on=day)
    seats = _seats_of(council, more=1)
    _take(next(seats), day, member=next(members), channel=F.APPOINTMENT)
    _take(next(seats), day, unit=unit, channel=F.APPOINTMENT)
    _make_branch_committee(shown, kinds, people, staff)
    group = set_up_body(shown, kind=kinds["work_group"], by=staff, starts_on=day)
    end_body(group, by=staff, reason="工作结束", on=months_after(people.today, -2))


def _name_who_answers(
    shown: Organization, kinds: dict[str, BodyKind], people: People, staff: User
) -> None:
    """Let the street's liaison and two leaders of residents' groups answer for it."""
    day = months_after(people.today, -10)
    street = shown.parent
    if street is not None:
        post = set_up_body(street, kind=kinds["liaisons"], by=staff, starts_on=day)
        sent = Member.objects.belonging_to(shown).voting().order_by("-pk")[4]
        _take(post.seats.get(), day, member=sent, channel=F.APPOINTMENT)
        serve_place(post, organization=shown, starts_on=day, by=staff)
    groups = set_up_body(
        shown, kind=kinds["residents_assembly"], by=staff, starts_on=day
    )
    leading = groups.kind.seat_kinds.get(name=GROUP_LEADER)
    for _number in range(3):  # the third seat stays vacant
        open_seat(groups, leading, by=None, on=day)
    for seat in groups.seats.order_by("number")[:2]:
        _take(seat, day, person=_stranger(people))


def _seats_of(body: Body, *, more: int) -> Iterator[Seat]:
    """Return the seats of a body, with so many more of its last kind."""
    last = body.kind.seat_kinds.order_by("position").reverse()[0]
    for _number in range(more):
        open_seat(body, last, by=None, on=body.starts_on)
    return iter(body.seats.select_related("kind").order_by("kind__position", "number"))


def _make_branch_committee(
    shown: Organization, kinds: dict[str, BodyKind], people: People, staff: User
) -> None:
    """Let a branch change its secretary in the middle of an extended term."""
    branch = shown.children.open().order_by("path")[0]
    day = months_after(people.today, -12 * COUNCIL_YEARS + 2)
    body = set_up_body(
        branch,
        kind=kinds["branch_committee"],
        by=staff,
        name=f"{branch.name}委员会",
        starts_on=day,
    )
    term = begin_term(body, starts_on=day, begun_by=F.ELECTION, by=staff, number=2)
    voters = list(Member.objects.belonging_to(branch).voting().order_by("pk")[:4])
    seats = list(body.seats.order_by("kind__position", "number"))
    for seat, member in zip(seats, voters[1:], strict=False):
        _take(seat, day, member=member)
    changed = months_after(people.today, -4)
    leader = seats[0].holdings.get()
    vacate_seat(leader, by=staff, reason=VacatingReason.RETIRED, on=changed)
    _take(seats[0], changed, member=voters[0], channel=F.APPOINTMENT)
    extend_term(
        term,
        ends_on=months_after(day, 12 * COUNCIL_YEARS + 6),
        extension_basis="关于同意延期换届的批复",
        extension_approved_on=changed,
        by=staff,
    )


def called_to(
    kind: MeetingKind, people: Sequence[Member], branch: Organization, day: dt.date
) -> Sequence[Member]:
    """Return who is called to a meeting: to the committee's, who sits in it first."""
    if kind != MeetingKind.COMMITTEE:
        return people
    seated = committee_on(branch.pk, day)
    return sorted(people, key=lambda member: member.pk not in seated)[:COMMITTEE]
