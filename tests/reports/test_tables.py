"""Lists of returns: their links and their order."""

import re

from django.urls import reverse

from core.months import shift_month
from tests.factories.reports import JUNE, MonthlyReturnFactory, ReturnRoundFactory


def test_the_list_links_to_the_return_and_not_to_the_community(client, secretary, east):
    row = MonthlyReturnFactory(organization=east, month=JUNE)
    client.force_login(secretary)

    body = client.get(reverse("reports:returns")).content.decode()

    links = re.findall(r'<a href="([^"?]+)"[^>]*>\s*东社区', body)
    assert links == [row.get_absolute_url()]


def test_the_newest_round_comes_first(client, staff, street):
    months = [shift_month(JUNE, by) for by in (-2, 0, -1)]
    for month in months:
        ReturnRoundFactory(organization=street, month=month)
    client.force_login(staff)

    rounds = client.get(reverse("reports:returns")).context["rounds"]

    assert [row.month for row in rounds] == sorted(months, reverse=True)
