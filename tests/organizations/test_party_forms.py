"""Party committees are told from general branches and branches."""

import pytest
from django.urls import reverse

from organizations.models import Organization
from organizations.party_forms import with_form
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db


def forms():
    return dict(with_form(Organization.objects.all()).values_list("name", "form"))


@pytest.fixture
def urban(street):
    """Three communities whose Party organizations have three forms."""
    for name, ending in (
        ("南社区", "委员会"),
        ("北社区", "总支部委员会"),
        ("中社区", "支部委员会"),
    ):
        CommunityFactory(name=name, full_name=f"中共{name}{ending}", parent=street)


@pytest.mark.mission("S4-04")
def test_committees_of_communities_are_told_from_branches_and_counted(
    enter, staff, street, urban
):
    browser = enter(staff)
    page = browser.get(reverse("organizations:list"), {"form": "committee"})

    counts = {str(r.label): str(r.value) for r in page.context["forms"].rows}
    found = [row.record.name for row in page.context["table"].rows]
    assert "南社区" in found
    assert not {"北社区", "中社区"} & {*found}
    assert "其中社区" in counts["党总支"]
    assert counts["党总支"].startswith("1")


def test_the_name_on_the_seal_says_the_form_and_else_the_kind(street, urban):
    BranchFactory(name="机关支部", full_name="中共机关", parent=street)

    found = forms()

    assert found["南社区"] == "committee"
    assert found["北社区"] == "general_branch"
    assert found["中社区"] == "branch"
    assert found["机关支部"] == "branch"
