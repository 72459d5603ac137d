"""Pages about one row ask the database for few rows, however many others there are.

Small tables hide a query that reads a whole one: SQLite's plan names it at once.
"""

import re
from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# What a city has tens of thousands of, and more with each year. Members are left out:
# whom a reader may see is asked of all of them, by an index where roles allow it.
LARGE = {
    *("communities_attendance", "members_affiliation"),
    *("members_checkin", "volunteering_claim", "volunteering_servicerecord"),
}
AS = re.compile(
    r'(?:FROM|JOIN) "(\w+)"(?: (?!ON|WHERE|INNER|LEFT|GROUP|ORDER)"?(\w+)"?)?'
)
SCAN = re.compile(r"\bSCAN (\w+)")


def one_meeting(branch):
    """The minutes of a meeting."""
    absent = MemberFactory(organization=branch)
    meeting = MeetingFactory(organization=branch, absent=[absent])
    return [
        reverse(f"communities:{name}", args=[meeting.pk])
        for name in ("detail", "print", "change")
    ]


def one_member(branch):
    """The page of a member."""
    member = MemberFactory(organization=branch)
    return [
        reverse("members:detail", args=[member.pk]),
        reverse("members:end", args=[member.pk]),
    ]


def one_transfer(branch):
    """The page of a transfer."""
    member = MemberFactory(organization=branch)
    transfer = TransferFactory(member=member)
    return [reverse("members:transfer", args=[transfer.pk])]


def read_through(sql):
    """The large tables that the database reads row by row to answer a query.

    Subqueries give one name to several tables: such a name tells only if all are large.
    """
    if connection.vendor == "postgresql":
        return [table for table in LARGE if f"Seq Scan on {table}" in explain(sql)]
    tables = defaultdict(set)
    for table, alias in AS.findall(sql):
        tables[alias or table].add(table)
    scanned = SCAN.findall(explain(sql))
    return [name for name in scanned if tables[name] and tables[name] <= LARGE]


def explain(sql):
    """How the database answers a query; PostgreSQL as if each table were large."""
    with connection.cursor() as cursor:
        how = "EXPLAIN QUERY PLAN"
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            how = "EXPLAIN"
        cursor.execute(f"{how} {sql.replace('%', '%%')}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize("pages", [one_meeting, one_member, one_transfer])
def test_a_page_about_one_row_reads_no_large_table_through(
    client, secretary, east, pages
):
    client.force_login(secretary)
    found = []
    for url in pages(BranchFactory(parent=east)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked = [query["sql"] for query in queries]
        found += [
            (url, tables, sql[-1500:])
            for sql in asked
            if sql.startswith("SELECT") and (tables := read_through(sql))
        ]

    assert found == []
