"""Structural findings: organizations that are not as a regulation wants them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from core.db.querysets import any_of
from core.db.tree import path_range
from core.months import today
from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class StructuralRule:
    """What a regulation wants of organizations.

    `breaking` returns the organizations that are not so on a day. `cites` names the
    regulation, `advice` says what to do, `way_out` is the page on which it is done.
    """

    key: str
    label: StrOrPromise
    cites: StrOrPromise
    advice: StrOrPromise
    breaking: Callable[[dt.date], QuerySet[Organization]]
    way_out: Callable[[Organization], str]


structural_rules: Registry[StructuralRule] = Registry("Structural rule")


@dataclass(frozen=True, slots=True)
class Finding:
    """One organization that is not as one rule wants it."""

    rule: StructuralRule
    organization: Organization

    @property
    def place(self) -> str:
        """What lies above the organization."""
        above = self.organization.parent
        return above.name if above is not None else ""

    @property
    def way_out(self) -> str:
        """The page on which it is put right."""
        return self.rule.way_out(self.organization)


def find_below(paths: Iterable[str], only: str = "") -> list[Finding]:
    """Return the findings at or below some paths, in tree order: a query a rule."""
    below = any_of(path_range("", path) for path in paths)
    rules = [structural_rules.get(only)] if only else [*structural_rules]
    day = today()
    found = [
        Finding(rule, row)
        for rule in rules
        for row in rule.breaking(day).filter(below).select_related("parent")
    ]
    return sorted(found, key=lambda each: each.organization.path)


def find_at(organization: Organization) -> list[Finding]:
    """Return the findings about one organization itself."""
    day = today()
    return [
        Finding(rule, organization)
        for rule in structural_rules
        if rule.breaking(day).filter(pk=organization.pk).exists()
    ]


def count_findings(paths: Sequence[str]) -> dict[str, int]:
    """Count the findings of the organizations at or below some paths, by path."""
    below = any_of(path_range("", path) for path in paths)
    counts: dict[str, int] = defaultdict(int)
    for rule in structural_rules:
        rows = rule.breaking(today()).filter(below).order_by()
        for path in rows.values_list("path", flat=True).distinct():
            counts[path] += 1
    return dict(counts)


def count_by_rule(paths: Iterable[str]) -> dict[str, int]:
    """Count the findings at or below some paths, by rule."""
    below = any_of(path_range("", path) for path in paths)
    return {
        rule.key: rule.breaking(today())
        .filter(below)
        .order_by()
        .aggregate(count=Count("pk", distinct=True))["count"]
        for rule in structural_rules
    }
