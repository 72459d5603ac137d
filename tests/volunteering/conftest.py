"""People of the volunteering tests."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import CheckInFactory
from tests.factories.volunteering import listed_skill


@pytest.fixture
def clerk(east):
    """孙丽 is clerk of 东社区."""
    return holder(Role.CLERK, east, name="孙丽")


@pytest.fixture
def lawyer(east):
    """李明, an in-service member with a head for law, is checked in at 东社区."""
    skills = [listed_skill("law")]
    return CheckInFactory(member__name="李明", community=east, skills=skills).member


@pytest.fixture
def cost_of(client):
    """How many queries an address takes, once it has been warmed up."""

    def count(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
