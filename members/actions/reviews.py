"""Record the monthly review of who is away for long or waits for a post."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate_all
from core.months import today
from members.actions.affiliations import lock_member
from members.actions.membership_bounds import refuse_ended_membership
from members.enums import ReviewFinding
from members.errors import NoOpenAffiliation
from members.models import Member, MonthlyReview
from organizations.actions import request_recount
from organizations.queries import counting_month


@action(label=_("Monthly review recorded"))
def review_members(
    members: Sequence[Member], *, finding: str, by: Actor | None, note: str = ""
) -> list[MonthlyReview]:
    """Record what was found today of some members, all or none."""
    day, rows = today(), []
    for member in sorted(members, key=lambda one: one.pk):
        locked = lock_member(member)
        refuse_ended_membership(locked)
        place = locked.organization
        if place is None:
            raise NoOpenAffiliation(name=locked.name)
        rows.append(
            MonthlyReview(
                member=locked,
                organization=place,
                reviewed_on=day,
                finding=ReviewFinding(finding),
                note=note,
                month=counting_month(place, day),
            )
        )
    validate_all(rows)
    for row in rows:
        row.save()
        audit.record(
            row,
            by=by,
            organization_id=row.organization_id,
            after=audit.snapshot(row, "reviewed_on", "finding", "note"),
        )
    request_recount((row.organization_id, day) for row in rows)
    return rows


@action(label=_("Monthly review voided"))
def void_review(row: MonthlyReview, *, reason: str, by: Actor | None) -> None:
    """Void a review that was recorded by mistake; the member is reviewed anew."""
    lock_member(row.member)
    rows = MonthlyReview.objects.select_for_update(of=("self",))
    row = rows.select_related("organization").get(pk=row.pk)
    known = audit.snapshot(row, "reviewed_on", "finding", "note")
    month = counting_month(row.organization, row.reviewed_on)
    row.save(update_fields=row.void_from(month, reason))
    request_recount([(row.organization_id, row.reviewed_on)])
    audit.record_void(
        row, by=by, organization_id=row.organization_id, reason=reason, values=known
    )
