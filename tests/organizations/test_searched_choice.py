"""Filter by one of thousands of places: its name is typed, and it is found."""

import pytest
from django.urls import reverse

from core.web import searched_choice
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.html import read
from tests.test_access_matrix import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def browser(staff):
    """The browser of somebody who keeps a street."""
    return signed_in(staff)


@pytest.fixture
def places(street, monkeypatch):
    """More branches than are offered; two of them are called the same."""
    monkeypatch.setattr(searched_choice, "MOST_OFFERED", 2)
    north = CommunityFactory(parent=street, name="北社区")
    south = CommunityFactory(parent=street, name="南社区")
    return [
        BranchFactory(parent=north, name="第一党支部"),
        BranchFactory(parent=south, name="第一党支部"),
        BranchFactory(parent=south, name="退休党支部"),
    ]


def ask(browser, **query):
    return browser.get(reverse("members:list"), query)


def found(answer):
    """The labels of the places that a page offers, by key; its page shows no others."""
    field = answer.context["filter"].form["organization"]
    return dict(field.field.widget.choices)


def names(answer):
    return {row.record.name for row in answer.context["table"].rows}


def test_few_places_are_offered_as_they_are(browser, street):
    BranchFactory(parent=street, name="机关党支部")

    answer = ask(browser)

    assert "机关党支部" in str(answer.context["filter"].form["organization"])
    assert "organization_name" not in answer.content.decode()


def test_of_many_places_none_is_listed(browser, places):
    page = ask(browser).content.decode()

    assert "organization_name" in page
    assert f'<option value="{places[0].pk}"' not in page


def test_a_name_that_only_one_has_filters_at_once(browser, places):
    MemberFactory(organization=places[2], name="孙某")
    MemberFactory(organization=places[0], name="周某")

    answer = ask(browser, organization_name="退休")

    assert names(answer) == {"孙某"}


def test_of_several_that_are_called_so_one_is_chosen(browser, places):
    MemberFactory(organization=places[0], name="孙某")
    MemberFactory(organization=places[1], name="周某")

    answer = ask(browser, organization_name="第一")

    page = answer.content.decode()
    assert names(answer) == {"孙某", "周某"}
    assert "请在找到的结果中选择一个" in page
    assert "第一党支部 · 北社区" in page
    assert "第一党支部 · 南社区" in page
    assert names(ask(browser, organization_name="第一", organization=places[1].pk)) == {
        "周某"
    }


def test_a_name_that_none_has_is_said_to_be_unknown(browser, places):
    MemberFactory(organization=places[0], name="孙某")

    answer = ask(browser, organization_name="没有")

    assert "没有名称含“没有”的结果" in answer.content.decode()
    assert names(answer) == {"孙某"}


def test_a_place_that_an_address_names_stays_chosen(browser, places):
    MemberFactory(organization=places[0], name="孙某")
    MemberFactory(organization=places[1], name="周某")

    answer = ask(browser, organization=places[0].pk)

    assert names(answer) == {"孙某"}
    (form,) = [f for f in read(answer).forms if "organization_name" in f.fields]
    assert form.value("organization") == str(places[0].pk)


def test_a_place_of_others_is_not_found(browser, places):
    other = BranchFactory(name="外面的党支部")

    answers = [
        ask(browser, organization_name="外面"),
        ask(browser, organization_name="外面", organization=other.pk),
        ask(browser, organization=other.pk),
    ]

    assert ["外面的党支部" in a.content.decode() for a in answers] == [False] * 3


def test_the_form_sends_each_part_once(browser, places):
    page = ask(browser, organization_name="第一", sort="name").content.decode()

    assert page.count('name="organization_name"') == 1
    assert page.count('name="organization"') == 1
