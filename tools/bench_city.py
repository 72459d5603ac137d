"""Write a large city for the measurements of the tree and its bodies."""

import datetime as dt
from typing import Any

STREETS, COMMUNITIES = 20, 20
BRANCHES = 499
PEOPLE = 200
MEMBERS = 1_000_000
MEMBERS_OF_A_COMMUNITY = 100
TERMS = (dt.date(2016, 6, 1), dt.date(2021, 6, 1), dt.date(2026, 6, 1))
BODIES = ("community_committee", "residents_committee", "supervisory_committee")


def copy_rows(model: Any, row: Any, amount: int, **columns: str) -> None:
    """Write many rows like one, in SQL; columns that differ are expressions over n."""
    from django.db import connection

    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(
        columns.get(field.column, quote(field.column)) for field in fields
    )
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table},"  # noqa: S608
            " generate_series(1, %s) AS n WHERE id = %s",
            [amount, row.pk],
        )


def build_tree() -> dict[str, Any]:
    """Write the city: its streets, their communities, and the branches of one."""
    from organizations.actions import create_organizations
    from organizations.enums import OrganizationKind as Kind

    rows = [place("city", "市委", Kind.CITY, None)]
    for street in range(STREETS):
        above = f"street-{street}"
        rows.append(place(above, f"第{street}街道", Kind.STREET, "city"))
        for number in range(COMMUNITIES):
            code = f"{above}-{number}"
            rows.append(place(code, f"第{number}社区", Kind.COMMUNITY, above))
            rows.append(place(f"{code}-b", "第一党支部", Kind.BRANCH, code))
    rows += [
        place(f"branch-{number}", f"第{number + 2}支部", Kind.BRANCH, "street-0-0")
        for number in range(BRANCHES - 1)
    ]
    return dict(create_organizations(rows, by=None))


def place(code: str, name: str, kind: str, parent: str | None) -> dict[str, Any]:
    """Return the values of an organization."""
    return {
        "code": code,
        "name": name,
        "full_name": f"{code}{name}",
        "kind": kind,
        "parent": parent,
    }


def admit(branch: Any, number: int) -> Any:
    """Enter a full member of a branch."""
    from core.identity import check_character
    from members.actions import admit_member

    body = f"42990119800101{number:03d}"
    return admit_member(
        by=None,
        organization=branch,
        starts_on=TERMS[0],
        name="张三",
        id_number=body + check_character(body),
        birth_date=dt.date(1980, 1, 1),
        sex="1",
        join_date=dt.date(2010, 7, 1),
        standing="full",
        category="resident",
    )


def homes_of(places: dict[str, Any]) -> list[Any]:
    """Return the first branch of each community."""
    return [node for code, node in places.items() if code.endswith("-b")]


def branches_below(community: Any) -> list[Any]:
    """Return the branches of a community."""
    return [*community.children.order_by("pk")]


def build_members(branches: list[Any], amount: int, *, first_of: int) -> None:
    """Write many members, spread evenly over branches."""
    from members.models import Member

    first = admit(branches[0], first_of)
    keys = ",".join(str(branch.pk) for branch in branches)
    copy_rows(
        Member,
        first,
        amount - 1,
        id_index=f"'{first.pk}-' || n",
        organization_id=f"(ARRAY[{keys}])[1 + mod(n, {len(branches)})]",
    )
    affiliate_copies(first)


def affiliate_copies(first: Any) -> None:
    """Write where the copies of a member belong, like the member itself."""
    from django.db import connection

    from members.models import Affiliation, Member

    columns = [str(field.column) for field in Affiliation._meta.concrete_fields[1:]]
    given = {"member_id": "m.id", "organization_id": "m.organization_id"}
    values = ", ".join(given.get(column, f"a.{column}") for column in columns)
    table = Affiliation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"  # noqa: S608
            f" FROM {table} AS a, {Member._meta.db_table} AS m"
            " WHERE a.member_id = %s AND m.id > %s",
            [first.pk, first.pk],
        )
        cursor.execute("ANALYZE")


def vacuum() -> None:
    """Do what autovacuum does in service; no transaction may be open."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def build_bodies(places: dict[str, Any]) -> list[int]:
    """Give every community bodies that have sat for ten years; return their keys."""
    from communities.models import Body, BodyKind, Seat, SeatHolding, TermOfOffice

    people = [admit(places["street-1-0-b"], number) for number in range(PEOPLE)]
    kinds = BodyKind.objects.filter(code__in=BODIES).prefetch_related("seat_kinds")
    homes = [
        node
        for code, node in places.items()
        if code.count("-") == 2 and code[-1] != "b"
    ]
    made = [
        Body(organization=home, kind=kind, name=kind.name, starts_on=TERMS[0])
        for home in homes
        for kind in kinds
    ]
    Body.objects.bulk_create(made)
    seats, terms, holdings = [], [], []
    for at, body in enumerate(made):
        ends = [*TERMS[1:], dt.date(2031, 6, 1)]
        sat = [
            TermOfOffice(
                body=body,
                number=number,
                starts_on=start,
                ends_on=end,
                planned_ends_on=end if end in TERMS else None,
                ended_on=end if end in TERMS else None,
                begun_by="election",
            )
            for number, (start, end) in enumerate(zip(TERMS, ends, strict=True), 1)
        ]
        terms += sat
        for kind in body.kind.seat_kinds.all():
            for number in range(1, kind.seats + 1):
                seat = Seat(body=body, kind=kind, number=number, starts_on=TERMS[0])
                seats.append(seat)
                holdings += [
                    SeatHolding(
                        seat=seat,
                        term=term,
                        member=people[(at + number + term.number) % len(people)],
                        starts_on=term.starts_on,
                        ends_on=term.ends_on if term.ended_on else None,
                        end_reason="term_ended" if term.ended_on else "",
                        channel="election",
                        is_full_time=True,
                        works_since=TERMS[0],
                    )
                    for term in sat
                ]
    TermOfOffice.objects.bulk_create(terms)
    Seat.objects.bulk_create(seats)
    SeatHolding.objects.bulk_create(holdings)
    return [body.pk for body in made]
