"""Settle a case, or void one that was opened by mistake."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import settle_notices
from cases.actions.steps import lock_case
from cases.enums import CaseState
from cases.errors import HasOwnForms
from cases.models import Case
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today


@action(label=_("Case settled"))
def answer_case(case: Case, *, answer: str, by: Actor | None) -> Case:
    """Settle a case in words; refuse kinds that end by a decision of their own."""
    return _close(_lock_plain(case), CaseState.ANSWERED, answer, by=by)


@action(label=_("Case voided"))
def void_case(case: Case, *, reason: str, by: Actor | None) -> Case:
    """Void a case that was opened by mistake; it stays on record with the reason."""
    return _close(_lock_plain(case), CaseState.VOIDED, reason, by=by)


@action(label=_("Case closed by a decision"))
def close_case(
    case: Case,
    *,
    answer: str,
    by: Actor | None,
    state: CaseState = CaseState.ANSWERED,
) -> Case:
    """Close a case with what the app of its kind decided."""
    return _close(lock_case(case), state, answer, by=by)


def _lock_plain(case: Case) -> Case:
    case = lock_case(case)
    if case.kind.has_details:
        raise HasOwnForms(title=case.title)
    return case


def _close(case: Case, state: CaseState, answer: str, *, by: Actor | None) -> Case:
    before = audit.snapshot(case, "state")
    case.state, case.answer, case.closed_on = state, answer, today()
    case.closed_by_id = by.pk if by is not None else None
    validate(case)
    changed = ["state", "answer", "closed_on", "closed_by"]
    case.save(update_fields=changed)
    settle_notices(case)
    audit.record(
        case,
        by=by,
        organization_id=case.organization_id,
        before=before,
        after=audit.snapshot(case, *changed),
    )
    return case
