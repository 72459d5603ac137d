"""The page of one decision about an organization, and how it is voided."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.dates import format_day
from core.errors import DomainError
from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.read_first import token_of
from core.web.views import PermittedObjectMixin, ReasonView
from organizations import permissions
from organizations.actions import rows_of, void_decision
from organizations.first_secretary import first_secretaries
from organizations.models import Organization, OrganizationChange
from organizations.views.organization import breadcrumbs_of
from organizations.views.previews import Preview, try_out


class DecisionPage(PermittedObjectMixin[OrganizationChange]):
    """A page about one decision, a voided one included."""

    model = OrganizationChange

    def get_rows(self) -> Any:
        rows = OrganizationChange.all_objects.visible_to(self.request.user)
        return rows.select_related("organization__parent", "other")


class DecisionDetail(DecisionPage, TemplateView):
    """One decision: what, from when, on which document, and what it moved."""

    template_name = "organizations/decision_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change, user = self.get_object(), self.request.user
        may_void = change.voided_at is None and permissions.can_void(user, change)
        void = reverse("organizations:void_decision", args=[change.pk])
        return super().get_context_data(
            title=change.what,
            change=change,
            breadcrumbs=breadcrumbs_to(change, user),
            sections=[Section("", detail_rows_of(change))],
            page_actions=[Link(_("Void as a mistake …"), void)] if may_void else [],
            page_sections=sections_for(change, user),
            **kwargs,
        )


def breadcrumbs_to(change: OrganizationChange, user: Any) -> list[Link]:
    """Return the way to a decision: the tree, its organization, and itself."""
    place = change.organization
    crumbs = breadcrumbs_of(place, user)
    crumbs[-1] = Link(place.name, place.get_absolute_url())
    return [*crumbs, Link(change.get_kind_display())]


def detail_rows_of(change: OrganizationChange) -> list[DetailRow]:
    """Return what was decided."""
    place, other = change.organization, change.other
    day = format_day(change.approved_on) if change.approved_on else ""
    approval = f"{change.approved_by} {day}".strip()
    rows = [
        DetailRow(_("organization"), place, place.get_absolute_url()),
        DetailRow(_("kind of change"), change.get_kind_display()),
        DetailRow(_("takes effect on"), change.happened_on),
        DetailRow(_("title of the document"), change.basis),
        DetailRow(_("number of the document"), change.basis_number or None),
        DetailRow(_("Approved"), approval or None),
        DetailRow(_("What moved"), "；".join(change.moved) or None),
    ]
    if other is not None:
        url = other.get_absolute_url()
        rows.insert(2, DetailRow(_("other organization"), other, url))
    if name := first_secretary_of(change):
        rows.append(DetailRow(_("First secretary"), name))
    if before := former_values_of(change):
        rows.append(DetailRow(_("Before"), before))
    if change.voided_at is not None:
        rows.append(DetailRow(_("voided at"), change.voided_at))
        rows.append(DetailRow(_("why it was voided"), change.void_reason))
    return rows


def first_secretary_of(change: OrganizationChange) -> str:
    """Return who came into office with an organization that was founded."""
    office = (change.undo or {}).get("secretary")
    return first_secretaries.get().holder(office) if office else ""


def former_values_of(change: OrganizationChange) -> str:
    """Return what an organization was called, or where it lay, before a decision."""
    before = (change.undo or {}).get("before")
    if not before:
        return ""
    above = change.former_parent
    kind = Organization(kind=before["kind"]).get_kind_display()
    return "、".join([before["name"], kind, *([above.name] if above else [])])


@dataclass(frozen=True, slots=True)
class GoingBack:
    """What goes back with a decision that is voided, and what stays as it is."""

    back: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


def going_back(change: OrganizationChange) -> GoingBack:
    """Return in words what voiding a decision takes back, and what it leaves."""
    found = GoingBack()
    undo = change.undo or {}
    for merger, rows in rows_of(change):
        words = str(merger.words) % {"count": len(rows)}
        (found.back if merger.take_back else found.stays).append(words)
    if children := undo.get("children"):
        below = Organization.objects.filter(pk__in=[row["pk"] for row in children])
        names = "、".join(below.values_list("name", flat=True))
        found.back.append(
            gettext("organizations below it: %(names)s") % {"names": names}
        )
    if before := former_values_of(change):
        found.back.append(before)
    if name := first_secretary_of(change):
        words = gettext("the first secretary %(name)s, whose entry is voided")
        found.back.append(words % {"name": name})
    return found


def still_ended(change: OrganizationChange) -> list[str]:
    """Return what ended with a decision and does not go on when it is voided."""
    lost = (change.undo or {}).get("lost", {})
    return [
        str(row)
        for label, keys in lost.items()
        for row in apps.get_model(label).objects.filter(pk__in=keys)
        if getattr(row, "ends_on", None) is not None
    ]


class VoidDecision(DecisionPage, ReasonView[OrganizationChange]):
    """The street voids a decision that was a mistake; it sees first what goes back."""

    template_name = "organizations/void_decision.html"
    title = _("Void the decision as a mistake")
    submit_label = _("Void it")
    success_message = _("The decision was voided; what it had moved went back.")
    consequence = _(
        "The decision stays on record as voided, with the reason. Closed months keep"
        " what they have published."
    )

    def has_permission(self, obj: OrganizationChange) -> bool:
        return permissions.can_void(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        self.preview  # noqa: B018 -- tried out once, and shown below

    def read_token(self, row: OrganizationChange) -> str:
        """Return the token of the decision and of what its voiding would do."""
        try:
            preview = self.preview if row is self.row else self._try_out(row)
        except DomainError:  # the form says so
            return super().read_token(row)
        found = going_back(row)
        texts = [*found.back, *found.stays, *preview.ending, *preview.texts()]
        return token_of(self.shown_rows(row), texts)

    @cached_property
    def preview(self) -> Preview:
        """What would change; refuses what would be refused."""
        return self._try_out(self.row)

    def _try_out(self, change: OrganizationChange) -> Preview:
        stays = list[str]()
        nodes = [change.organization, *([change.other] if change.other else [])]

        def run() -> Organization:
            with transaction.atomic():
                void_decision(change, by=self.request.user, reason="…")
            stays.extend(still_ended(change))
            return Organization.objects.get(pk=change.organization_id)

        months, findings = try_out(run, nodes, change.happened_on)
        return Preview(months, ending=stays, findings=findings)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = going_back(self.row)
        extra = {
            "question": self.row.summary,
            "breadcrumbs": [
                *breadcrumbs_to(self.row, self.request.user)[:-1],
                Link(self.title),
            ],
            "going_back": found,
            "preview": self._shown_preview(),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def _shown_preview(self) -> Preview | None:
        try:
            return self.preview
        except DomainError:  # the form says so
            return None

    def run_action(self, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        void_decision(self.row, by=self.request.user, reason=reason)
