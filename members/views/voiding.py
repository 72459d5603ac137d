"""Void an entry of a member's record that was made by mistake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.dates import format_dates
from core.db.constraints import FIRST_DAY
from core.text import StrOrPromise
from core.web.views import QuestionView
from members import actions, permissions
from members.actions.overtaken import Situation
from members.ends.dated_records import describe_called
from members.enums import ProbationOutcome
from members.forms import VoidForm
from members.models import Affiliation, CheckIn, Member
from members.views.closed_rows import describe_closed_rows, describe_kept_closed
from members.views.compared import ComparedView

END = "end"


@dataclass(frozen=True, slots=True)
class VoidableEntry:
    """An entry of a member's record that the reader may void.

    `describe_called` tells to which meetings the member was called because of it.
    """

    key: str
    label: StrOrPromise
    void: Callable[..., object]
    describe_called: Callable[[], list[str]] = list


def entries_of(member: Member, user: Actor) -> list[VoidableEntry]:
    """Return the entries of a member's record that the person may void."""
    entries = [*_check_in_entries(member, user)]
    if not permissions.can_change(user, member):
        return entries
    whole = VoidableEntry(
        "member",
        _("The whole record: this person was entered by mistake"),
        partial(actions.void_member, member),
        partial(describe_called, member, FIRST_DAY),
    )
    return [
        *_membership_entries(member),
        *_absence_entries(member),
        *_probation_entries(member),
        *_contact_entries(member),
        *_review_entries(member),
        *entries,
        whole,
    ]


def _membership_entries(member: Member) -> Iterator[VoidableEntry]:
    rows = member.affiliations.select_related("organization")
    affiliations = list(rows.order_by("starts_on", "pk"))
    if member.organization is None:
        if affiliations or member.ended_on:
            label = _describe_end(member, affiliations[-1] if affiliations else None)
            yield VoidableEntry(END, label, partial(actions.void_end, member))
        return
    unbroken = actions.unbroken_rows(affiliations[-1])
    if affiliations != unbroken or member.check_ins.exists():
        row = unbroken[0]
        label = _(
            "Belongs to %(organization)s since %(day)s (%(reason)s)"
        ) % format_dates(
            {
                "organization": row.organization,
                "day": row.starts_on,
                "reason": row.get_start_reason_display(),
            }
        )
        before = actions.affiliation_moved_from(row)
        yield VoidableEntry(
            "affiliation",
            label,
            partial(actions.void_affiliation, row),
            partial(
                describe_called,
                member,
                row.starts_on,
                to=before.organization if before else None,
            ),
        )


def _describe_end(member: Member, last: Affiliation | None) -> str:
    if member.ended_on is not None or last is None:
        day, reason = member.ended_on, member.get_end_reason_display()
    else:
        day, reason = last.ends_on, last.get_end_reason_display()
    return gettext("End of %(day)s (%(reason)s)") % format_dates(
        {"day": day, "reason": reason}
    )


def _absence_entries(member: Member) -> Iterator[VoidableEntry]:
    for row in member.mobile_records.all():
        label = _("Away since %(day)s (%(kind)s)") % format_dates(
            {
                "day": row.starts_on,
                "kind": row.get_kind_display(),
            }
        )
        yield VoidableEntry(
            f"absence-{row.pk}", label, partial(actions.void_absence, row)
        )


def _contact_entries(member: Member) -> Iterator[VoidableEntry]:
    for row in member.contacts.all():
        words = {"way": row.get_way_display(), "day": row.made_on}
        label = _("In touch on %(day)s (%(way)s)") % format_dates(words)
        yield VoidableEntry(
            f"contact-{row.pk}", label, partial(actions.void_contact, row)
        )


def _review_entries(member: Member) -> Iterator[VoidableEntry]:
    for row in member.reviews.all():
        words = {"finding": row.get_finding_display(), "day": row.reviewed_on}
        label = _("Reviewed on %(day)s (%(finding)s)") % format_dates(words)
        yield VoidableEntry(
            f"review-{row.pk}", label, partial(actions.void_review, row)
        )


def _probation_entries(member: Member) -> Iterator[VoidableEntry]:
    """Yield the decisions on a probation; a cancellation once its end was voided."""
    for row in member.probation_decisions.all():
        if row.outcome == ProbationOutcome.CANCELLED and member.ended_on is not None:
            continue
        words = {"decision": row.get_outcome_display(), "day": row.decided_on}
        label = _("%(decision)s, decided on %(day)s") % format_dates(words)
        void = partial(actions.void_probation_decision, row)
        yield VoidableEntry(f"probation-{row.pk}", label, void)


def _check_in_entries(member: Member, user: Actor) -> Iterator[VoidableEntry]:
    """Yield the check-ins of the reader's communities, but not the only entry."""
    only_one = member.check_ins.count() == 1 and not member.affiliations.exists()
    if only_one:
        return
    rows = CheckIn.objects.managed_by(user).filter(member=member)
    for row in rows.select_related("community"):
        label = _("Checked in at %(organization)s on %(day)s") % format_dates(
            {
                "organization": row.community,
                "day": row.starts_on,
            }
        )
        yield VoidableEntry(
            f"check-in-{row.pk}", label, partial(actions.void_check_in, row)
        )


class VoidEntry(ComparedView, QuestionView[Member]):
    """A record keeper voids an entry that was made by mistake, with a reason."""

    model = Member
    form_class = VoidForm
    compared = (Situation.BELONGING, Situation.ABSENCE, Situation.CHECK_IN)
    title = _("Void an entry made by mistake")
    submit_label = _("Void the entry")
    consequence = _(
        "The entry stays on record with your reason, and no longer "
        "counts. A closed month continues to count it as published; the"
        " difference is counted in the first open month."
    )

    def has_permission(self, obj: Member) -> bool:
        self.entries = entries_of(obj, self.request.user)
        return bool(self.entries)

    def get_initial(self) -> dict[str, Any]:
        """Choose the entry of which the link speaks."""
        chosen = self.request.GET.get("entry")
        return {} if chosen is None else {"entry": chosen}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "entries": self.entries}

    def run_action(self, form: Any) -> None:
        values = form.cleaned_data
        entry = next(e for e in self.entries if e.key == values["entry"])
        rows = entry.void(by=self.request.user, reason=values["reason"])
        names = rows if isinstance(rows, list) else []
        describe = describe_kept_closed if entry.key == END else describe_closed_rows
        self.success_message = describe(_("The entry was voided."), names)

    def get_success_url(self) -> str:
        """Return the member's page, or the list if the reader no longer sees it."""
        rows: QuerySet[Member] = Member.all_objects.visible_with_voided(
            self.request.user
        )
        if rows.filter(pk=self.row.pk).exists():
            return self.row.get_absolute_url()
        return reverse("members:list")
