"""Days and months are shown in one format a language and accepted in several."""

import datetime as dt

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import formats, translation

from core.dates import format_day, format_month, format_time
from core.errors import FutureDay
from tests.test_conventions import MODULES, ROOT, TEMPLATES

LANGUAGES = ["zh-hans", "en"]
DAY = dt.date(2026, 3, 9)
MOMENT = dt.datetime(2026, 3, 9, 8, 5, tzinfo=dt.UTC)
# Modules that write months for machines: addresses, file names, logged values, verify.
FOR_MACHINES = {
    "cobuilding/invariants.py",
    "communities/invariants.py",
    "core/web/months.py",
    "organizations/actions/months.py",
    "reports/actions/downloads.py",
    "reports/actions/filled_forms.py",
    "reports/actions/period_workbooks.py",
    "reports/actions/rounds.py",
    "reports/filling.py",
    "reports/invariants.py",
    "reports/returns/publishing.py",
    "reports/sheet_import/planning.py",
    "reports/views/burden.py",
    "reports/views/dashboard.py",
    "reports/views/returns.py",
    "reports/views/summaries.py",
    "reports/workbooks/orders.py",
}


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh-hans", ["2026年3月9日", "2026年3月", "2026年3月9日 16:05"]),
        ("en", ["2026-03-09", "2026-03", "2026-03-09 16:05"]),
    ],
)
def test_a_day_a_month_and_a_time_have_one_format_a_language(language, shown):
    with translation.override(language):
        written = [format_day(DAY), format_month(DAY), format_time(MOMENT)]
        same = [
            formats.date_format(DAY, "SHORT_DATE_FORMAT"),
            formats.date_format(DAY, "YEAR_MONTH_FORMAT"),
            formats.localize(MOMENT.astimezone(dt.timezone(dt.timedelta(hours=8)))),
        ]
        typed = AdminDateWidget().format_value(DAY)

    assert written == same == shown
    assert typed == "2026-03-09"


def test_a_refusal_writes_its_days_as_pages_do():
    with translation.override("zh-hans"):
        assert str(FutureDay(day=DAY)).startswith("2026年3月9日")


def test_no_module_or_template_has_a_date_format_of_its_own():
    modules = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if ":%Y-%m" in (text := path.read_text("utf-8")) or 'format="Y-' in text
    }
    templates = {path for path in TEMPLATES if '"Y-m' in path.read_text("utf-8")}

    assert modules <= FOR_MACHINES
    assert templates == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["2026-03-09", "2026-3-9", "2026年3月9日", "2026/3/9", "2026.3.9"]
)
def test_a_day_may_be_typed_in_either_form(language, typed):
    with translation.override(language):
        day = forms.DateField().clean(typed)

    assert day == DAY
