"""Find versions that share a day, where the database has no constraint."""

import datetime as dt

import pytest

from accounts.models import RoleAssignment
from core.registries.invariants import overlaps
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def role_assignments(user, *spans):
    for code, (starts_on, ends_on) in zip(Role, spans, strict=False):
        assignment = RoleAssignmentFactory(user=user, role=code, starts_on=starts_on)
        RoleAssignment.objects.filter(pk=assignment.pk).update(ends_on=ends_on)


@pytest.mark.parametrize(
    ("first_end", "found"),
    [(dt.date(2026, 3, 1), 0), (dt.date(2026, 3, 2), 1), (None, 1)],
)
def test_adjacent_versions_do_not_overlap_and_longer_ones_do(first_end, found):
    user = UserFactory()
    begun = dt.date(2026, 3, 1)
    role_assignments(user, (dt.date(2026, 1, 1), first_end), (begun, None))

    shared = list(overlaps(RoleAssignment.objects.all(), "user"))

    assert shared == [f"user {user.pk}: {begun}"][:found]
