"""Decisions about organizations, each looked at first and then carried out."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.db.tree import path_range
from core.errors import DomainError
from core.months import month_of, today
from core.web.components import Link
from core.web.views import RowFormView
from organizations import actions, permissions
from organizations.enums import FILING, HOLDING_MEMBERS, OrganizationKind
from organizations.fitting import (
    PARENTS,
    files_otherwise,
    kinds_below,
    kinds_instead,
)
from organizations.forms import FoundForm, RenameForm, SplitForm, TargetForm
from organizations.mergers import Moving, mergers
from organizations.models import Organization
from organizations.roles import Role
from organizations.unsettled import (
    Unsettled,
    targets_for,
    unsettled_before_merge,
)
from organizations.views.organization import breadcrumbs_of
from organizations.views.previews import (
    Preview,
    changed_figures,
    lies_beside_returns,
    list_ending,
)


class Decide(RowFormView[Organization]):
    """A decision of the street: what was typed is previewed, then carried out."""

    model = Organization
    template_name = "organizations/decision.html"
    submit_label = _("See what changes")
    do_label = _("Carry it out")

    def get_rows(self) -> Any:
        rows = Organization.objects.readable_by(self.request.user).open()
        return rows.select_related("parent", "guidance_parent")

    def has_permission(self, obj: Organization) -> bool:
        above = obj.parent
        return above is not None and permissions.can_change_tree(
            self.request.user, above
        )

    def decide(self, form: Any) -> Organization:
        """Carry the decision out; return the organization whose page is shown."""
        raise NotImplementedError

    def concerned(self, form: Any) -> list[Organization]:
        """Return the organizations whose figures may change."""
        return [self.row]

    def moving(self, form: Any) -> Iterable[Moving]:
        """Return the records that go along; none unless something is dissolved."""
        return ()

    def place_of(self, form: Any) -> Organization | None:
        """Return where the organization or its members come to lie; None if nowhere."""
        return None

    def run_action(self, form: Any) -> str:
        return self.decide(form).get_absolute_url()

    def form_valid(self, form: Any) -> HttpResponse:
        if form.is_previewed():
            return super().form_valid(form)
        try:
            preview = self.preview(form)
        except DomainError as refusal:
            return self.show_refusal(form, refusal)
        form.data = form.data.copy()
        form.data["previewed"] = form.token()
        context = self.get_context_data(
            form=form, preview=preview, submit_label=self.do_label
        )
        return self.render_to_response(context)

    def preview(self, form: Any) -> Preview:
        """Return what would change; refuse what would be refused."""
        moving = [*self.moving(form)]
        below = Organization.objects.open().filter(path_range("", self.row.path))
        figures = changed_figures(lambda: self.decide(form), self.concerned(form))
        below = below.exclude(pk=self.row.pk).order_by("path")
        kind = form.cleaned_data.get("kind", self.row.kind)
        place = self.place_of(form)
        beside = place is not None and lies_beside_returns(kind, place)
        ending = list_ending(moving, place) if place is not None else []
        month = month_of(today())
        return Preview(month, figures, moving, [*below], beside, ending)

    def managed(self) -> Any:
        """Return the open organizations of the person's street."""
        rows = Organization.objects.in_scope_of(self.request.user, {Role.STREET_STAFF})
        return rows.open()

    def elsewhere(self) -> Any:
        """Return those outside of the organization that is decided about."""
        return self.managed().exclude(path_range("", self.row.path))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = breadcrumbs_of(self.row, self.request.user)
        crumbs[-1] = Link(self.row.name, self.row.get_absolute_url())
        extra = {"breadcrumbs": [*crumbs, Link(self.title)], "lead": self.row.name}
        return super().get_context_data(**{**extra, **kwargs})


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

    def has_permission(self, obj: Organization) -> bool:
        may = permissions.can_change_tree(self.request.user, obj)
        return may and bool(kinds_below(obj.kind))

    def kinds(self) -> list[OrganizationKind]:
        return kinds_below(self.row.kind)

    def place_of(self, form: FoundForm) -> Organization:
        return self.row

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "code": actions.propose_code(self.row)}

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
        return {**context, "has_targets": offered.queryset.exists()}

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
        rows = mergers.get(actions.SPLITTING).rows_of(self.row)
        return {**super().get_form_kwargs(), "rows": rows}

    def moving(self, form: SplitForm) -> Iterable[Moving]:
        merger = mergers.get(actions.SPLITTING)
        return [Moving(merger, [*form.cleaned_data["chosen"]])]

    def decide(self, form: SplitForm) -> Organization:
        values = form.action_values()
        return actions.split_organization(self.row, by=self.request.user, **values)
