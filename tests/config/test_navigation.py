"""The menu marks the entry that a page belongs to."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("cobuilding:list", "cobuilding:list"),
        ("communities:projects", "cobuilding:list"),
        ("communities:list", "communities:list"),
    ],
)
def test_the_menu_marks_the_entry_of_the_page(client, secretary, page, entry):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    menu = client.get(reverse(page)).context["navigation"]

    assert [item.url for item in menu if item.current] == [reverse(entry)]
