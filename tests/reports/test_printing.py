"""Headings and sentences of a printed form."""

from decimal import Decimal

import pytest

from reports.returns.balance import ADJUSTMENT, BALANCE
from reports.returns.printing import describe_balance, join_title


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("丹桂社区", "丹桂社区党建工作月报表"),
        ("长安街道", "长安街道社区党建工作月报表"),
        ("开发区", "开发区社区党建工作月报表"),
    ],
)
def test_words_shared_by_name_and_title_appear_once(name, heading):
    assert join_title(name, "社区党建工作月报表") == heading


def test_the_adjustment_is_added_with_its_sign():
    cells = {key: (key, Decimal(0)) for key in BALANCE}
    values = {"members_opening": 5, "members_closing": 2, ADJUSTMENT: -3}
    cells |= {key: (key, Decimal(value)) for key, value in values.items()}

    assert describe_balance(cells) == (
        "members_opening 5 + 增加 0 − 减少 0 − adjustment 3 = members_closing 2"
    )
