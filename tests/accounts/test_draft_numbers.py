"""A kept draft hides numbers of persons, and nothing else of what was typed."""

import pytest

from accounts.drafts.storing import hide_numbers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("走访居民12户", "走访居民12户"),
        ("公示期 2026-11-20 2026-11-27", "公示期 2026-11-20 2026-11-27"),
        ("2026.1.5至2026.1.19，2026年2月3日", "2026.1.5至2026.1.19，2026年2月3日"),
        ("联系人 13800001234。", "联系人 ******。"),
        ("１３８ ０００ ０１２３４", ""),
        ("138-0000-1234", ""),
        ("身份证42068319900101123x，张三", "身份证******，张三"),
        ("420683 19900101 1231", ""),
        ("1990-01-01 420683199001011231", "1990-01-01 ******"),
    ],
)
def test_numbers_of_persons_are_hidden_and_dates_stay(typed, kept):
    assert hide_numbers(typed) == kept
