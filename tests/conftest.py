"""The cast: two streets of one city, and who looks after them."""

import copy
import gc

import pytest
from django.apps import apps
from django.db import connection, transaction

from core.db.triggers import iter_triggers
from organizations.roles import Role
from tests.access_matrix.base import build_world
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    OrganizationFactory,
    StreetFactory,
)

EMPTY = "DELETE FROM {table}"


def pytest_collection_finish():
    """Take what is collected out of the garbage collector's rounds.

    Thousands of tests and the whole of Django live as long as the run; looking through
    them again and again finds nothing.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request):
    """Lift the guards of append-only tables before a committed test is cleaned up.

    The clean-up emits `post_migrate`, which lays them again.
    """
    marker = request.node.get_closest_marker("django_db")
    committed = marker is not None and marker.kwargs.get("transaction")
    if not (committed or "live_server" in request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    for config in apps.get_app_configs():
        for table, trigger in iter_triggers(config):
            trigger.remove(table)


@pytest.fixture(scope="session", autouse=True)
def _rows_are_deleted_not_truncated():
    """Empty tables by DELETE after a committed test, as on SQLite.

    PostgreSQL makes new files for every table and index that it truncates, full or
    empty, and takes a second for ours; a test leaves a few dozen rows.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "sql_flush", delete_all)
        yield


def delete_all(_style, tables, **_options):
    """Return what empties the tables; keys are checked when all are empty."""
    names = [connection.ops.quote_name(table) for table in tables]
    return [EMPTY.format(table=name) for name in names]


@pytest.fixture
def client():
    """A browser in which nobody has signed in."""
    return Browser()


@pytest.fixture
def city(db):
    """临江市."""
    return OrganizationFactory(name="临江市", code="city")


@pytest.fixture
def street(city):
    """长安街道 of the city."""
    return StreetFactory(name="长安街道", code="street", parent=city)


@pytest.fixture
def other_street(city):
    """望江街道, whose names must appear nowhere in 长安街道."""
    return StreetFactory(name="望江街道", code="other", parent=city)


@pytest.fixture
def east(street):
    """东社区 of 长安街道."""
    return CommunityFactory(name="东社区", code="east", parent=street)


@pytest.fixture
def west(street):
    """西社区 of 长安街道."""
    return CommunityFactory(name="西社区", code="west", parent=street)


@pytest.fixture
def foreign(other_street):
    """柳岸社区 of 望江街道."""
    return CommunityFactory(name="柳岸社区", code="foreign", parent=other_street)


@pytest.fixture
def branch(east):
    """东社区第一支部."""
    return BranchFactory(name="东社区第一支部", code="branch", parent=east)


@pytest.fixture
def staff(street):
    """赵敏 keeps the records of 长安街道."""
    return holder(Role.STREET_STAFF, street, name="赵敏")


@pytest.fixture
def secretary(east):
    """王芳 is secretary of 东社区 and nothing else."""
    return holder(Role.SECRETARY, east, name="王芳")


@pytest.fixture
def officer(city):
    """陈立 reads for the city."""
    return holder(Role.CITY_OFFICER, city, name="陈立")


@pytest.fixture
def stranger(other_street):
    """周强 keeps the records of 望江街道."""
    return holder(Role.STREET_STAFF, other_street, name="周强")


@pytest.fixture(scope="module")
def _standing_world(django_db_setup, django_db_blocker):
    """Both streets of `tests/access_matrix/`, built once for all tests of a module.

    They stand in a transaction around those of the tests and go with it.
    """
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        world = build_world()
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def world(_standing_world, db):
    """Both streets as they were built, whatever the last test made of its own."""
    return copy.deepcopy(_standing_world)
