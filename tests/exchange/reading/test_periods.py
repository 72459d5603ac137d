"""The month of a return is found above it, and never guessed."""

import datetime as dt

import pytest

from sheets.read.periods import SeveralMonths, month_named

JUNE = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    "lines",
    [
        ["党建工作月报表", "所属月份：2025年6月   报送截止：2025年7月5日   单位：万元"],
        ["所属月份：２０２５年０６月（补报）"],
        ["月份: 2025-06"],
        ["统计月份 2025.6"],
        ["云栖街道2025年6月党建工作月报表", "填报日期：2025年7月2日"],
        ["2025年 6 月", "（2025年6月）"],
        ["2025/06"],
    ],
)
def test_the_month_is_named_with_a_label_or_in_the_title(lines):
    assert month_named(lines) == JUNE


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["党建工作月报表"],
        ["填报日期：2025年7月2日"],
        ["6月"],
        ["2025年13月"],
        ["2025.06.30"],
    ],
)
def test_without_a_month_there_is_none(lines):
    assert month_named(lines) is None


def test_two_months_are_one_too_many():
    with pytest.raises(SeveralMonths) as refused:
        month_named(["2025年5月至2025年6月"])

    assert refused.value.params == {"months": "2025-05、2025-06"}
