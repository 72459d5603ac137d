"""Tasks from above go along with a merger, and block an end without a successor."""

import pytest

from core.months import today
from organizations.actions import end_organization, merge_organization
from organizations.errors import OrganizationEnded, StillInUse
from organizations.models import Organization
from reports.actions import finish_request, reopen_request, void_request
from reports.models import SuperiorRequest
from tests.factories.burden import SuperiorRequestFactory
from tests.factories.organizations import CommunityFactory
from tests.organizations.test_random_trees import faults
from tests.organizations.test_voided_decisions import decide, void

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(street):
    """A community without anything but what a test gives it."""
    return CommunityFactory(parent=street, name="北社区")


def place_of(task):
    return SuperiorRequest.all_objects.get(pk=task.pk).organization


def test_open_tasks_go_along_and_done_ones_stay_where_they_were_done(community, west):
    left = SuperiorRequestFactory(organization=community)
    done = SuperiorRequestFactory(organization=community, title="安全检查")
    finish_request(done, done_on=today(), by=None)

    decide(merge_organization, community, target=west)

    assert (place_of(left), place_of(done)) == (west, community)
    assert faults() == []


def test_a_voided_merger_brings_tasks_back(community, west):
    task = SuperiorRequestFactory(organization=community)
    change = decide(merge_organization, community, target=west)

    void(change)

    assert place_of(task) == community
    assert faults() == []


@pytest.mark.parametrize(
    "settle",
    [
        lambda task: finish_request(task, done_on=today(), by=None),
        lambda task: void_request(task, by=None, reason="重复登记"),
    ],
    ids=["done", "voided"],
)
def test_an_end_without_a_successor_waits_for_open_tasks(community, settle):
    task = SuperiorRequestFactory(organization=community)
    with pytest.raises(StillInUse, match="待办的上级任务1项（请先办结或作废）"):
        end_organization(community, by=None, reason="撤销")

    settle(task)

    end_organization(community, by=None, reason="撤销")
    assert Organization.objects.get(pk=community.pk).ended_on is not None
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_task_is_not_opened_again_at_a_place_that_has_ended(community):
    task = SuperiorRequestFactory(organization=community)
    finish_request(task, done_on=today(), by=None)
    end_organization(community, by=None, reason="撤销")

    with pytest.raises(OrganizationEnded):
        reopen_request(task, by=None, reason="没有办完")

    assert SuperiorRequest.objects.get(pk=task.pk).done_on == today()
