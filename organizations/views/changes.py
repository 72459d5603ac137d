"""Decisions about organizations, each looked at first and then carried out."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organizations import actions, permissions
from organizations.enums import FILING, HOLDING_MEMBERS, OrganizationKind
from organizations.first_secretary import first_secretaries
from organizations.fitting import (
    PARENTS,
    files_otherwise,
    kinds_below,
    kinds_instead,
)
from organizations.forms import FoundForm, RenameForm, SplitForm, TargetForm
from organizations.mergers import SPLITTING, Moving, mergers
from organizations.models import Organization
from organizations.unsettled import (
    Unsettled,
    targets_for,
    unsettled_before_merge,
)
from organizations.views.deciding import Decide


class NamesGuides:
    """Offers every organization that the person sees as one that guides."""

    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the guides."""
        kwargs = super().get_form_kwargs()  # type: ignore[misc] # beside a form view
        guides = Organization.objects.visible_to(self.request.user).open()
        return {**kwargs, "guides": guides, "kinds": self.kinds()}

    def kinds(self) -> list[OrganizationKind]:
        """Return the kinds that fit where the organization lies, or will lie."""
        raise NotImplementedError


class Found(NamesGuides, Decide):
    """The street founds an organization below another one."""

    form_class = FoundForm
    title = _("Found an organization")
    success_message = _("The organization was founded. Fill its secretary's seat now.")
    with_secretary = _(
        "The organization was founded; its first secretary is in office."
    )

    def has_permission(self, obj: Organization) -> bool:
        may = permissions.can_change_tree(self.request.user, obj)
        return may and bool(kinds_below(obj.kind))

    def kinds(self) -> list[OrganizationKind]:
        return kinds_below(self.row.kind)

    def place_of(self, form: FoundForm) -> Organization:
        return self.row

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "code": actions.propose_code(self.row)}

    def get_form_kwargs(self) -> dict[str, Any]:
        port = first_secretaries.get()
        candidates = port.candidates(self.request.user, self.row)
        return {**super().get_form_kwargs(), "candidates": candidates}

    def form_valid(self, form: FoundForm) -> HttpResponse:
        if form.cleaned_data["secretary"] is not None:
            self.success_message = self.with_secretary
        return super().form_valid(form)

    def decide(self, form: FoundForm) -> Organization:
        values = form.action_values()
        return actions.found_with_approval(self.row, by=self.request.user, **values)


class Rename(NamesGuides, Decide):
    """The street renames an organization, or gives it another kind or guide."""

    form_class = RenameForm
    title = _("Rename the organization")
    success_message = _("The organization was renamed.")

    def kinds(self) -> list[OrganizationKind]:
        below = self.row.children.open().values_list("kind", flat=True)
        above = self.row.parent.kind if self.row.parent is not None else None
        return kinds_instead(self.row.kind, above, below)

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "full_name", "kind", "guidance_parent")
        known = {name: getattr(self.row, name) for name in names}
        return {**super().get_initial(), **known}

    def decide(self, form: RenameForm) -> Organization:
        values = form.action_values()
        return actions.rename_organization(self.row, by=self.request.user, **values)


class Move(Decide):
    """The street puts an organization with everything below it elsewhere."""

    form_class = TargetForm
    title = _("Put the organization below another parent")
    success_message = _("The organization was put below its new parent.")

    def below(self) -> list[Organization]:
        return self.subtree()

    def get_form_kwargs(self) -> dict[str, Any]:
        label = _("Below which organization")
        elsewhere = self.elsewhere().exclude(pk=self.row.parent_id)
        targets = elsewhere.filter(kind__in=PARENTS[self.row.kind])
        return {**super().get_form_kwargs(), "targets": targets, "label": label}

    def place_of(self, form: TargetForm) -> Organization:
        target: Organization = form.cleaned_data["target"]
        return target

    def concerned(self, form: TargetForm) -> list[Organization]:
        return [self.row, form.cleaned_data["target"]]

    def decide(self, form: TargetForm) -> Organization:
        values = form.action_values()
        parent = values.pop("target")
        by = self.request.user
        return actions.move_organization(self.row, parent=parent, by=by, **values)


class DissolveInto(Decide):
    """The street dissolves an organization into another one, with all it has."""

    form_class = TargetForm
    title = _("Dissolve the organization into another")
    success_message = _("The organization was dissolved; what it had went along.")

    def below(self) -> list[Organization]:
        return self.subtree()

    def get_form_kwargs(self) -> dict[str, Any]:
        files = self.row.kind in FILING
        kinds = FILING if files else (*HOLDING_MEMBERS, self.row.kind)
        targets = self.elsewhere().filter(kind__in=kinds)
        targets = targets if files else targets.exclude(kind__in=FILING)
        for child in self.row.children.open().values_list("kind", flat=True).distinct():
            targets = targets.filter(kind__in=PARENTS[child])
        targets = targets_for(self.row, targets, self.unsettled)
        return {**super().get_form_kwargs(), "targets": targets}

    @cached_property
    def unsettled(self) -> list[Unsettled]:
        """What must be settled before, or goes along only within a return."""
        return unsettled_before_merge(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"unsettled": self.unsettled}
        context = super().get_context_data(**{**extra, **kwargs})
        offered: Any = context["form"].fields["target"]
        has_targets = offered.queryset.exists()
        nowhere = "" if has_targets else self.row.name
        return {**context, "has_targets": has_targets, "nowhere": nowhere}

    def place_of(self, form: TargetForm) -> Organization:
        target: Organization = form.cleaned_data["target"]
        return target

    def concerned(self, form: TargetForm) -> list[Organization]:
        return [self.row, form.cleaned_data["target"]]

    def moving(self, form: TargetForm) -> Iterable[Moving]:
        return actions.moving_of(self.row, form.cleaned_data["target"])

    def decide(self, form: TargetForm) -> Organization:
        values = form.action_values()
        return actions.merge_organization(self.row, by=self.request.user, **values)


class SplitOff(NamesGuides, Decide):
    """The street splits an organization: chosen members form a new one."""

    form_class = SplitForm
    title = _("Split the organization")
    success_message = _(
        "The organization was split; fill the new secretary's seat now."
    )

    def has_permission(self, obj: Organization) -> bool:
        return obj.kind in HOLDING_MEMBERS and super().has_permission(obj)

    def kinds(self) -> list[OrganizationKind]:
        own, above = self.row.kind, self.row.parent
        kinds = kinds_below(above.kind) if above is not None else []
        holding = [kind for kind in kinds if kind in HOLDING_MEMBERS]
        return [kind for kind in holding if not files_otherwise(own, kind)]

    def place_of(self, form: SplitForm) -> Organization | None:
        return self.row.parent

    def get_initial(self) -> dict[str, Any]:
        known = {"kind": self.row.kind, "guidance_parent": self.row.guidance_parent}
        return {**super().get_initial(), **known}

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = mergers.get(SPLITTING).rows_of(self.row)
        return {**super().get_form_kwargs(), "rows": rows}

    def moving(self, form: SplitForm) -> Iterable[Moving]:
        merger = mergers.get(SPLITTING)
        return [Moving(merger, [*form.cleaned_data["chosen"]])]

    def decide(self, form: SplitForm) -> Organization:
        values = form.action_values()
        return actions.split_organization(self.row, by=self.request.user, **values)
