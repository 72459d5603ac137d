"""Headings and sentences of a printed form."""

from decimal import Decimal

import pytest

from reports.returns.balance import ADJUSTMENT, BALANCE
from reports.returns.printing import adding_up, headed


@pytest.mark.parametrize(
    ("place", "heading"),
    [
        ("丹桂社区", "丹桂社区党建工作月报表"),
        ("长安街道", "长安街道社区党建工作月报表"),
        ("开发区", "开发区社区党建工作月报表"),
    ],
)
def test_a_word_that_joins_place_and_title_stands_once(place, heading):
    assert headed(place, "社区党建工作月报表") == heading


def test_what_no_list_makes_up_is_added_with_its_sign():
    cells = {key: (key, Decimal(0)) for key in BALANCE}
    values = {"members_opening": 5, "members_closing": 2, ADJUSTMENT: -3}
    cells |= {key: (key, Decimal(value)) for key, value in values.items()}

    assert adding_up(cells) == (
        "members_opening 5 + 增加 0 − 减少 0 − adjustment 3 = members_closing 2"
    )
