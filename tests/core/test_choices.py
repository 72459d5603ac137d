"""A value that no list of choices has is found wherever it stands."""

import pytest

from core.invariants import find_unknown_choices
from tests.access_matrix.base import build_world
from tests.test_every_write import fill

pytestmark = pytest.mark.django_db


def test_what_actions_write_is_among_the_choices():
    fill(build_world())

    assert [*find_unknown_choices()] == []


def test_a_value_of_no_list_is_named(street):
    type(street).objects.filter(pk=street.pk).update(kind="strt")

    assert [*find_unknown_choices()] == ["organizations.Organization.kind: 'strt'"]
