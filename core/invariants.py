"""Invariants of every model alike."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants


def find_unknown_choices() -> Iterator[str]:
    """Yield values that stand in a column of choices and are none of them."""
    for model in apps.get_models():
        if model._meta.app_label in settings.OUR_APPS:
            for field in model._meta.concrete_fields:
                if field.choices:
                    yield from _find_unknown(model, field)


def _find_unknown(model: type[models.Model], field: models.Field) -> Iterator[str]:
    known = [value for value, _label in field.flatchoices]
    if field.blank:
        known.append("")
    rows = model._meta.base_manager.exclude(**{f"{field.name}__in": known})
    rows = rows.exclude(**{f"{field.name}__isnull": True}).order_by()
    for value in rows.values_list(field.name, flat=True).distinct():
        yield f"{model._meta.label}.{field.name}: {value!r}"


invariants.add(
    Invariant(
        "core.choices",
        _("Every column of choices holds one of them"),
        find_unknown_choices,
    ),
)
