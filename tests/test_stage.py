"""A staged race knows whether the second waited for the first."""

import pytest
from django.db import connection, transaction

from organizations.models import Organization
from tests.factories.organizations import OrganizationFactory
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def rename(organization):
    Organization.objects.filter(pk=organization.pk).update(name="江北市")


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_second_waits_for_what_the_first_has_locked():
    city = OrganizationFactory()

    assert race(lambda: rename(city), lambda: rename(city)).waited


def test_one_who_takes_long_waits_for_nobody():
    city = OrganizationFactory()

    outcome = race(lambda: rename(city), lambda: run("SELECT pg_sleep(0.6)"))

    assert not outcome.waited


def test_the_second_waits_for_one_who_was_refused():
    city = OrganizationFactory()

    def refused():
        rename(city)
        transaction.set_rollback(True)

    assert race(refused, lambda: rename(city)).waited
