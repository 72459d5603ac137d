"""Let the forms of before print theme Party days, from the next round on.

A new installation has the line from the beginning. Rounds that are open or published
stay on the version that they were written on.
"""

import datetime as dt
from typing import Any

from django.db import migrations

THEME = "meetings_theme_days"
AFTER = "meetings_lessons"
EARLIEST = dt.date(2000, 1, 1)


def add_theme_days(apps: Any, _editor: Any) -> None:
    """Copy the newest version of the monthly return, with one line more."""
    forms = apps.get_model("reports", "ReturnForm").objects
    lines = apps.get_model("reports", "ReturnFormLine").objects
    newest = forms.filter(code="monthly_return").order_by("-version").first()
    if newest is None or lines.filter(form=newest, indicator=THEME).exists():
        return
    before = list(lines.filter(form=newest).order_by("position"))
    after = next((line for line in before if line.indicator == AFTER), None)
    if after is None:
        return
    place = before.index(after) + 1
    last = apps.get_model("reports", "ReturnRound").objects.order_by("month").last()
    form = forms.create(
        code=newest.code,
        version=newest.version + 1,
        title=newest.title,
        starts_on=max(newest.starts_on, _month_after(last)),
    )
    theme = lines.model(
        heading=after.heading,
        subheading=after.subheading,
        label="主题党日",
        indicator=THEME,
        unit=after.unit,
        official=False,
        most=after.most,
    )
    for position, line in enumerate([*before[:place], theme, *before[place:]], 1):
        line.pk, line.form, line.position = None, form, position
        line._state.adding = True
        line.save()


def _month_after(last: Any) -> dt.date:
    if last is None:
        return EARLIEST
    month: dt.date = last.month
    return (month + dt.timedelta(days=31)).replace(day=1)


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_submissions")]

    operations = [migrations.RunPython(add_theme_days, migrations.RunPython.noop)]
