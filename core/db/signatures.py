"""The column that says who took a step."""

from typing import Any

from django.conf import settings
from django.db import models

from core.text import StrOrPromise


def signature(label: StrOrPromise) -> Any:
    """Return the column with the person who took one step; empty until then."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=label,
    )
