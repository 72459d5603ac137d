"""Filters above lists, and the label of the empty choice."""

import pytest
from django.urls import reverse

from tests.factories.reports import JUNE, MonthlyReturnFactory
from tests.messages import message, says


def page_of(client, address, **asked):
    return client.get(reverse(address), asked).content.decode()


@pytest.mark.parametrize(
    ("address", "asked", "label"),
    [
        ("reports:returns", {"month": "2026-13"}, "月份"),
        ("members:list", {"standing": "unknown"}, "人员类别"),
        ("communities:list", {"since": "yesterday"}, "起始日期"),
        ("finance:vouchers", {"state": "unknown"}, "状态"),
    ],
)
def test_an_invalid_filter_is_left_out_and_named(
    client, secretary, address, asked, label
):
    client.force_login(secretary)

    page = page_of(client, address, **asked)

    left_out = page.partition("以下筛选条件有误，未采用：")[2].partition("</ul>")[0]
    assert f"<li>{label}: " in left_out
    not_accepted = message(
        "This was not accepted yet. What you typed is still below: please correct it"
        " and try again."
    )
    assert not says(page, not_accepted)


def test_the_valid_filters_still_narrow(client, secretary, east):
    MonthlyReturnFactory(organization=east, month=JUNE)
    client.force_login(secretary)
    url = reverse("reports:returns")

    answer = client.get(url, {"month": "2026-13", "state": "accepted"})

    assert list(answer.context["table"].rows) == []


def test_the_empty_choice_has_a_label(client, secretary):
    client.force_login(secretary)

    lists = [page_of(client, "members:list"), page_of(client, "finance:vouchers")]
    form = page_of(client, "cobuilding:draft_agreement")

    assert ["---" in page for page in (*lists, form)] == [False] * 3
    assert ["全部" in page for page in lists] == [True] * 2
    assert "请选择" in form
