"""What a sheet says of free hours, read into slots of the week."""

import pytest

from members.roster.free_hours import read_slots


@pytest.mark.mission("S3-12")
@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("周六上午", ["6m"]),
        ("星期六下午、礼拜天晚上", ["6a", "7e"]),
        ("周末", ["6m", "6a", "7m", "7a"]),
        ("双休日全天", ["6m", "6a", "7m", "7a"]),
        ("工作日晚上", ["1e", "2e", "3e", "4e", "5e"]),
        ("晚上", ["1e", "2e", "3e", "4e", "5e", "6e", "7e"]),
        ("周三下班后", ["3e"]),
        ("随时", []),
        ("", []),
    ],
)
def test_words_of_free_hours_are_slots(text, slots):
    assert read_slots(text) == slots
