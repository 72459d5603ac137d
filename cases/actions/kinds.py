"""Kinds of case that an office adds or changes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import CaseKind
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate


@action(label=_("Kind of case added"))
def add_case_kind(*, by: Actor | None, **values: Any) -> CaseKind:
    """Add a kind of case; one that asks for an opinion ends by the opinion."""
    kind = CaseKind(**values)
    kind.has_details = kind.asks_opinion
    validate(kind)
    kind.save()
    audit.record(kind, by=by, organization_id=None, after=audit.snapshot(kind))
    return kind


@action(label=_("Kind of case changed"))
def change_case_kind(kind: CaseKind, *, by: Actor | None, **values: Any) -> CaseKind:
    """Change what a kind is called, who deals with it, and in how many days."""
    kind = CaseKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
    with audit.recording(kind, *values, by=by, organization_id=None):
        for name, value in values.items():
            setattr(kind, name, value)
        validate(kind)
        kind.save(update_fields=[*values])
    return kind
