"""Registrations of this app: chores, and what blocks closing a place."""

from django.utils.translation import gettext_lazy as _

from cases.actions import escalate_cases, release_cases, take_case
from cases.models import Case
from cases.permissions import can_open_case
from core.registries.chores import Chore, chores
from core.web.bulk_actions import BulkAction, bulk_actions
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.mergers import Merger, mergers

chores.add(
    Chore("cases.escalate", escalate_cases, daily_at=(0, 20)),
    Chore("cases.release", release_cases, every=60.0),
)
mergers.add(
    Merger(
        "cases.open",
        _("open cases that go along: %(count)s"),
        Case.objects.open,
        take_along(),
        take_back=give_back(),
        remember=name_of,
    )
)
closing_blockers.add(
    ClosingBlocker(
        "cases.open",
        _("open cases: %(count)s (settle them first)"),
        Case.objects.open,
    )
)

bulk_actions.add(
    BulkAction(
        "cases.take",
        "cases:list",
        _("Deal with it myself"),
        can_open_case,
        Case.objects.managed_by,
        lambda case, _form, by: take_case(case, by=by),
    )
)
