"""The menu marks the entry that a page belongs to."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from config.navigation import MENU
from core.web.list_pages import ListPage
from tests.factories.checkin_rounds import CheckInRoundFactory

OUTSIDE_THE_MENU = {"exchange:saved_views": "one's own settings, reached from any list"}


def named_views(patterns, namespace=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_views(pattern.url_patterns, inside)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern.callback


def list_pages():
    """The names of the lists that have one address."""
    for name, view in named_views(get_resolver().url_patterns):
        if issubclass(getattr(view, "view_class", object), ListPage):
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            yield name


def entries_of(path):
    """The entries of the menu that mark themselves on a page."""
    names = [(entry.url_name, *entry.also) for entry in MENU]
    return [
        group[0] for group in names if path.startswith(tuple(reverse(n) for n in group))
    ]


def test_each_list_belongs_to_one_entry_of_the_menu():
    names = sorted(list_pages())
    found = {name: entries_of(reverse(name)) for name in names}

    assert len(names) > 30
    assert {name for name in names if len(found[name]) != 1} == {*OUTSIDE_THE_MENU}


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("cobuilding:list", "cobuilding:list"),
        ("communities:projects", "cobuilding:list"),
        ("communities:list", "communities:list"),
        ("communities:visits", "communities:bodies"),
        ("communities:facilities", "communities:bodies"),
        ("communities:missing_facilities", "communities:bodies"),
        ("communities:honours", "communities:bodies"),
        ("members:pledges", "members:list"),
        ("members:member_remarks", "members:list"),
        ("members:unit_remarks", "organizations:units"),
    ],
)
def test_the_menu_marks_the_entry_of_the_page(client, secretary, page, entry):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    menu = client.get(reverse(page)).context["navigation"]

    assert [item.url for item in menu if item.current] == [reverse(entry)]


@pytest.mark.django_db
def test_a_round_belongs_to_the_members(client, staff, street):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    page = CheckInRoundFactory(organization=street).get_absolute_url()

    menu = client.get(page).context["navigation"]

    assert [item.url for item in menu if item.current] == [reverse("members:list")]
