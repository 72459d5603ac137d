"""Days are shown in one format and accepted in several."""

import datetime as dt

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import formats, translation

LANGUAGES = ["zh-hans", "en"]
DAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_has_one_format_on_every_page_and_in_every_field(language):
    with translation.override(language):
        written = [
            formats.date_format(DAY),
            formats.date_format(DAY, "SHORT_DATE_FORMAT"),
            formats.localize(dt.datetime(2026, 3, 9, 8, 5, tzinfo=dt.UTC)),
            AdminDateWidget().format_value(DAY),
        ]

    assert written == ["2026-03-09", "2026-03-09", "2026-03-09 08:05", "2026-03-09"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["2026-03-09", "2026-3-9", "2026年3月9日", "2026/3/9", "2026.3.9"]
)
def test_a_day_may_be_typed_in_either_form(language, typed):
    with translation.override(language):
        day = forms.DateField().clean(typed)

    assert day == DAY
