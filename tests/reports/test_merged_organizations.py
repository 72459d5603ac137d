"""What was published stays as it was when its organizations are merged afterwards."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import today
from organizations.actions import Basis, merge_organization, split_organization
from reports.models import PublishedMonth
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 6, 1)


def today_with_basis():
    """A decision of today with its document, recorded by nobody."""
    basis = Basis("关于调整党支部设置的批复", "8号", "街道党工委", today())
    return {"basis": basis, "on": today(), "by": None}


def download(client, street):
    """The workbook of June, as the city downloads it."""
    return client.get(reverse("reports:summary", args=[street.pk, JUNE])).content


@pytest.mark.parametrize("what", ["branches", "communities", "split"])
def test_the_workbook_of_a_closed_month_is_the_same_after_a_decision(
    client, officer, street, east, west, branch, west_branch, what
):
    second = BranchFactory(name="东社区第二支部", parent=east)
    for one in (branch, second, west_branch):
        MemberFactory.create_batch(3, organization=one, starts_on=FIRST)
    for community in (east, west):
        publish(MonthlyReturnFactory(organization=community))
    recount_all()
    client.force_login(officer)
    before = download(client, street)
    rows = dict(PublishedMonth.objects.values_list("pk", "sha256"))

    if what == "branches":
        merge_organization(second, target=branch, **today_with_basis())
    elif what == "communities":
        merge_organization(west, target=east, **today_with_basis())
    else:
        chosen = [second.affiliations.earliest("pk")]
        values = {"name": "新支部", "full_name": "中共新支部", "kind": "branch"}
        split_organization(second, chosen=chosen, **values, **today_with_basis())
    recount_all()

    assert download(client, street) == before
    assert dict(PublishedMonth.objects.values_list("pk", "sha256")) == rows
