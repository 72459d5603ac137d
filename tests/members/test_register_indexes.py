"""What the list of a million members asks is answered by indexes of PostgreSQL."""

import pytest
from django.db import connection

from members.models import Member
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def plan(rows, *others):
    """How PostgreSQL answers a query, as if the table were large; not by other ways."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for other in others:
            cursor.execute(f"SET LOCAL enable_{other} = off")
    return rows.explain()


@pytest.mark.parametrize("text", ["伟芳", "霏", "zwf", "lj"])
def test_an_index_of_pairs_finds_a_name(east, text):
    MemberFactory(organization=east, name="张伟芳")

    rows = Member.all_objects.named(text).order_by()

    assert "member_pieces" in plan(rows, "indexscan")


def test_the_keys_of_a_deep_page_are_found_in_an_index_alone(east):
    MemberFactory(organization=east)
    keys = Member.objects.order_by("sort_key", "pk").values("pk")[1000:1050]

    assert "Index Only Scan using member_order" in plan(keys, "sort")
