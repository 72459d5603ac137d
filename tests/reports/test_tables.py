"""Lists of returns lead where their readers may go."""

import re

from django.urls import reverse

from tests.factories.reports import JUNE, MonthlyReturnFactory


def test_the_list_leads_to_the_return_and_not_to_the_community(client, secretary, east):
    row = MonthlyReturnFactory(organization=east, month=JUNE)
    client.force_login(secretary)

    body = client.get(reverse("reports:returns")).content.decode()

    links = re.findall(r'<a href="([^"?]+)"[^>]*>\s*东社区', body)
    assert links == [row.get_absolute_url()]
