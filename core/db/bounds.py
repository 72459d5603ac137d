"""Bounds of numbers that people type, and the migration step that enforces them."""

import datetime as dt
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import migrations
from django.db.models import CheckConstraint, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Number: TypeAlias = int | Decimal

OUT_OF_BOUNDS = _(
    "A number is smaller than {least} or larger than {most}. Nothing was saved: check"
    " the digits and the decimal point."
)


def bounded(
    *columns: str, least: Number, most: Number, name: str, unless: Q | None = None
) -> CheckConstraint:
    """Require numbers to lie between two bounds, both included, or to be unknown.

    The message names the bounds, so that a digit too many is noticed at entry.
    `unless` excepts rows whose numbers nobody typed.
    """
    condition = Q()
    for column in columns:
        inside = Q(**{f"{column}__range": (least, most)})
        condition &= Q(**{f"{column}__isnull": True}) | inside
    return CheckConstraint(
        condition=condition if unless is None else unless | condition,
        name=name,
        violation_error_message=format_lazy(
            OUT_OF_BOUNDS, least=f"{least:,}", most=f"{most:,}"
        ),
    )


def clamp_column(
    app: str,
    model: str,
    column: str,
    *,
    least: Number | dt.date,
    most: Number | dt.date,
) -> migrations.RunPython:
    """Return the data step of a migration that clamps stored values to bounds."""

    def clamp(apps: Any, _schema_editor: Any) -> None:
        rows = apps.get_model(app, model).objects
        rows.filter(**{f"{column}__lt": least}).update(**{column: least})
        rows.filter(**{f"{column}__gt": most}).update(**{column: most})

    return migrations.RunPython(clamp, migrations.RunPython.noop)
