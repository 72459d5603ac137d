"""In which ways community and units work together, and who answers for a promise."""

import pytest
from django.urls import reverse

from communities.enums import ProjectTag
from tests.factories.cobuilding import TargetFactory
from tests.factories.communities import ProjectFactory


@pytest.fixture
def projects(east):
    """A project of 东社区 for each way."""
    return {tag: ProjectFactory(organization=east, tag=tag) for tag in ProjectTag}


@pytest.mark.mission("S2-36")
@pytest.mark.parametrize("tag", ProjectTag, ids=str)
def test_projects_are_narrowed_to_one_of_five_ways(enter, secretary, projects, tag):
    answer = enter(secretary).get(reverse("communities:projects"), {"tag": tag})

    rows = [row.record for row in answer.context["table"].rows]
    assert (len(projects), rows) == (5, [projects[tag]])


@pytest.mark.mission("S2-55")
def test_both_sides_read_who_answers_for_a_target(
    enter, secretary, liaison, agreement, school
):
    TargetFactory(agreement=agreement, owner_name="周建国", project__unit=school)

    pages = [
        enter(secretary).get(agreement.get_absolute_url()),
        enter(liaison).get(reverse("cobuilding:unit")),
    ]

    assert ["周建国" in page.content.decode() for page in pages] == [True, True]
