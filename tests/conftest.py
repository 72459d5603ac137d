"""The cast: two streets of one city, and who looks after them."""

import copy
import gc
import time

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.utils import translation

from core.db.triggers import install_triggers, iter_triggers
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

PERMISSIONS_UID = "django.contrib.auth.management.create_permissions"
TRIGGERS_UID = "core.db.triggers"
# What no test changes and every one would have to wait for again.
KEPT = {"auth_permission", "django_content_type"}
EMPTY = "DELETE FROM {table}"
# How many new objects, and then how many rounds, the garbage collector waits for.
RARELY = (50_000, 10, 10)
BEGUN_FIRST = ("browser", "broker", "slow")
# PostgreSQL then fires neither guards nor checks of keys, until the end of the
# transaction that empties the tables.
UNGUARDED = "SET LOCAL session_replication_role = replica"


@pytest.hookimpl(trylast=True)  # the order is random by then, and stays so
def pytest_collection_modifyitems(items):
    """Begin with the tests that take long.

    Short ones are left for the end, where a process that has none takes over some of
    another's; with a long one left, the other would wait for it.
    """
    items.sort(key=lambda item: not takes_long(item))


def takes_long(item):
    """Whether a test is marked as one that takes seconds."""
    return any(item.get_closest_marker(name) for name in BEGUN_FIRST)


def pytest_collection():
    """Collect the tests without the garbage collector: all that is made stays."""
    gc.disable()


def pytest_collection_finish():
    """Take what is collected out of the garbage collector's rounds, and have it rest.

    Thousands of tests and the whole of Django live as long as the run; looking through
    them again and again finds nothing. What tests leave behind is small: looking for it
    after every few hundred objects takes a tenth of their time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()


@pytest.fixture(autouse=True)
def _default_language():
    """Leave no language behind: a request's stays active in its thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request):
    """Remove the guards of append-only tables before SQLite cleans up a committed test.

    The clean-up emits `post_migrate`, which installs them again. On PostgreSQL they
    rest meanwhile (`UNGUARDED`).
    """
    marker = request.node.get_closest_marker("django_db")
    committed = marker is not None and marker.kwargs.get("transaction")
    if not (committed or "live_server" in request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if connection.vendor == "postgresql":
        return
    for config in apps.get_app_configs():
        for table, trigger in iter_triggers(config):
            trigger.remove(table)


@pytest.fixture(scope="session", autouse=True)
def _committed_tests_are_cleaned_up_quickly():
    """Empty tables by DELETE after a committed test, and install only what was deleted.

    PostgreSQL makes new files for every table and index that it truncates, full or
    empty, and takes a second for ours; a test leaves a few dozen rows.
    """
    with pytest.MonkeyPatch.context() as patch:
        # Where a browser's loop runs, the connection is another one.
        patch.setattr(type(connection.ops), "sql_flush", delete_all)
        patch.setattr(flush, "emit_post_migrate_signal", install_reference_rows)
        yield


def delete_all(operations, _style, tables, **_options):
    """Return what empties the tables; keys are checked when all are empty."""
    names = [operations.quote_name(table) for table in sorted({*tables} - KEPT)]
    first = [UNGUARDED] if connection.vendor == "postgresql" else []
    return [*first, *(EMPTY.format(table=name) for name in names)]


def install_reference_rows(verbosity, interactive, db, **options):
    """Emit `post_migrate` without the receivers whose work was not deleted."""
    needless = [
        {"receiver": create_contenttypes},
        {"receiver": create_permissions, "dispatch_uid": PERMISSIONS_UID},
    ]
    if connection.vendor == "postgresql":
        needless.append({"receiver": install_triggers, "dispatch_uid": TRIGGERS_UID})
    for receiver in needless:
        assert post_migrate.disconnect(**receiver)
    try:
        emit_post_migrate_signal(verbosity, interactive, db, **options)
    finally:
        for receiver in needless:
            post_migrate.connect(**receiver)


@pytest.fixture
def client():
    """A browser in which nobody has signed in."""
    return Browser()


@pytest.fixture
def enter(client):
    """Sign a person in and return their browser."""

    def signed_in(person):
        client.force_login(person, backend="accounts.backends.UsernameOrPhone")
        return client

    return signed_in


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
def browser(client, secretary):
    """The browser in which the secretary of 东社区 has signed in."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return client


@pytest.fixture
def officer(city):
    """陈立 reads for the city."""
    return holder(Role.CITY_OFFICER, city, name="陈立")


@pytest.fixture
def stranger(other_street):
    """周强 keeps the records of 望江街道."""
    return holder(Role.STREET_STAFF, other_street, name="周强")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database; at its end sessions that others left are cut.

    A process that a test killed or a thread of the live server may be a moment late,
    and PostgreSQL drops no database that is in use.
    """
    yield django_db_setup
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for _ in range(50):  # a session that was told to end takes a moment
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                if not cursor.fetchall():
                    break
                time.sleep(0.1)


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
