"""Pages of agreements: list, detail, drafting, signing, ending."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from accounts.http import reader
from cobuilding import actions, permissions
from cobuilding.enums import AgreementState, Side
from cobuilding.errors import TermsChanged
from cobuilding.filters import AgreementFilter
from cobuilding.forms import AgreementForm, NewAgreementForm
from cobuilding.models import Agreement, Target
from cobuilding.queries import with_latest_progress
from cobuilding.tables import AgreementTable
from core.actors import Actor
from core.dates import format_day
from core.months import month_of, today
from core.web.components import ActionButton, DetailRow, Link, Section
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.list_pages import ListPage
from core.web.read_first import token_of_texts
from core.web.views import (
    ActionFormView,
    ChangeView,
    ConfirmView,
    PermittedObjectMixin,
    ReasonView,
)
from organizations.models import Organization, Unit

CONSEQUENCE = _(
    "You sign for your side and cannot take it back; text and targets can no longer"
    " be changed. Once both sides have signed, the targets are measured."
)


class AgreementList(UserPassesTestMixin, ListPage):
    """Agreements of the reader's area."""

    model = Agreement
    table_class = AgreementTable
    filterset_class = AgreementFilter
    title = _("Co-building agreements")
    empty_text = _("No agreement yet. Draft one with a resident unit.")

    def test_func(self) -> bool:
        return permissions.can_see_agreements(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().with_target_counts(month_of(today()))
        return rows.select_related("unit", "organization").order_by(
            "-starts_on", "title", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = [Link(_("Projects"), reverse("communities:projects"))]
        if permissions.can_draft(self.request.user):
            draft = reverse("cobuilding:draft_agreement")
            links.append(Link(_("Draft an agreement"), draft, "plus-lg", primary=True))
        return super().get_context_data(page_actions=links, **kwargs)


class AgreementDetail(PermittedObjectMixin[Agreement], TemplateView):
    """One agreement: its two signatures, its targets and their progress."""

    model = Agreement
    template_name = "cobuilding/agreement.html"

    def get_rows(self) -> Any:
        rows = with_latest_progress(Agreement.objects.visible_to(self.request.user))
        return rows.select_related("signed_by_unit", "signed_by_community", "ended_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement, user = self.get_object(), self.request.user
        keeps = permissions.can_change_agreement(user, agreement)
        return super().get_context_data(
            title=agreement.title,
            agreement=agreement,
            breadcrumbs=breadcrumbs_for(user, Link(agreement.title)),
            page_actions=[
                *signatures_for(user, agreement),
                *(links_for(agreement) if keeps else []),
            ],
            sections=[Section("", detail_rows_of(agreement))],
            promises=[
                (
                    target,
                    removal_button_for(target)
                    if keeps and agreement.is_draft
                    else None,
                )
                for target in agreement.targets.all()
            ],
            **kwargs,
        )


def removal_button_for(target: Target) -> ActionButton:
    """Return the button that removes a target from a draft."""
    url = reverse("cobuilding:remove_target", args=[target.pk])
    return ActionButton(
        _("Take out …"),
        url,
        danger=True,
        consequence=_(
            "The target and what was entered for it leave the draft. To have it back,"
            " it must be entered again."
        ),
        confirm_label=_("Take out"),
    )


def breadcrumbs_for(user: Actor, *rest: Link) -> list[Link]:
    """Return the breadcrumbs: from a liaison's unit page, or from the list."""
    if permissions.can_see_agreements(user):
        return [Link(_("Co-building"), reverse("cobuilding:list")), *rest]
    return [Link(_("My unit"), reverse("cobuilding:unit")), *rest]


def links_for(agreement: Agreement) -> list[Link]:
    """Return the record keepers' next steps with an agreement."""
    links = []
    if agreement.is_draft:
        add = reverse("cobuilding:add_target", args=[agreement.pk])
        change = reverse("cobuilding:change_agreement", args=[agreement.pk])
        links.append(Link(_("Add a target"), add, "plus-lg"))
        links.append(Link(_("Change"), change, "pencil"))
    if agreement.state != AgreementState.ENDED:
        end = reverse("cobuilding:end_agreement", args=[agreement.pk])
        links.append(Link(_("End …"), end))
    return links


def signatures_for(user: Actor, agreement: Agreement) -> list[Link]:
    """Return the signatures that the reader can give."""
    labels = {
        Side.UNIT: _("Sign for the unit"),
        Side.COMMUNITY: _("Sign for the community"),
    }
    return [
        Link(
            label,
            reverse(f"cobuilding:sign_for_{side}", args=[agreement.pk]),
            primary=True,
        )
        for side, label in labels.items()
        if permissions.can_sign(user, agreement, side)
    ]


def detail_rows_of(agreement: Agreement) -> list[DetailRow]:
    """Return the details of an agreement."""
    facts = [
        DetailRow(_("State"), agreement.shown_state),
        *terms_shown(agreement),
        DetailRow(_("Signed for the unit"), signature(agreement, Side.UNIT)),
        DetailRow(_("Signed for the community"), signature(agreement, Side.COMMUNITY)),
    ]
    if agreement.end_reason:
        facts.append(DetailRow(_("Ended on"), agreement.ended_on))
        facts.append(DetailRow(_("Ended by"), agreement.ended_by))
        facts.append(DetailRow(_("Why it ended"), agreement.end_reason))
    return facts


def terms_shown(agreement: Agreement) -> list[DetailRow]:
    """Return what is signed besides title and targets: the parties and the days."""
    return [
        DetailRow(_("Unit"), agreement.unit),
        DetailRow(_("Community"), agreement.organization),
        DetailRow(_("From"), agreement.starts_on),
        DetailRow(_("Until"), agreement.last_day),
    ]


def signature(agreement: Agreement, side: Side) -> str | None:
    """Return who signed for a side and on which day, or nothing."""
    if not agreement.is_signed_by(side):
        return None
    name = f"signed_by_{side.value}"
    at = getattr(agreement, f"{name}_at")
    return f"{getattr(agreement, name)} {format_day(localdate(at))}"


class DraftingView(UserPassesTestMixin, ActionFormView):
    """A record keeper chooses among their communities and the units they keep."""

    def test_func(self) -> bool:
        return permissions.can_draft(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        managed = Organization.objects.managed_by(user).communities().open()
        units = Unit.objects.managed_by(user).open()
        return {**super().get_form_kwargs(), "communities": managed, "units": units}


class DraftAgreement(DraftingView):
    """A record keeper drafts an agreement of one of their communities with a unit."""

    form_class = NewAgreementForm
    title = _("Draft an agreement")
    submit_label = pgettext_lazy("button", "Draft")
    success_message = _("Drafted. Now add what is promised, then let both sides sign.")

    def run_action(self, form: NewAgreementForm) -> str:
        values = form.action_values()
        agreement = actions.draft_agreement(by=self.request.user, **values)
        return agreement.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("cobuilding:list"), **kwargs)


class ChangeAgreement(ChangeView[Agreement]):
    """A record keeper corrects a draft."""

    model = Agreement
    action = staticmethod(actions.change_agreement)
    form_class = AgreementForm
    title = _("Change the agreement")

    def has_permission(self, obj: Agreement) -> bool:
        return permissions.can_change_agreement(self.request.user, obj)


class SignAgreement(ConfirmView[Agreement]):
    """A signatory signs for their side; the page first explains what that means."""

    model = Agreement
    side: ClassVar[Side]
    title = _("Sign the agreement")
    submit_label = _("Sign")
    consequence = CONSEQUENCE
    danger = False
    template_name = "cobuilding/sign.html"

    @classmethod
    def read_token(cls, row: Agreement) -> str:
        """Return the digest of the terms, and one of the names that stand in them."""
        projects = row.targets.order_by("pk").values_list("project__name", flat=True)
        names = token_of_texts([str(row.unit), *(name or "" for name in projects)])
        return f"{actions.terms_of(row)} {names}"

    def say_overtaken(self, row: Agreement) -> TermsChanged:
        return TermsChanged(title=row.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        targets = self.row.targets.select_related("project")
        extra = {"targets": targets, "terms": terms_shown(self.row)}
        return super().get_context_data(**extra, **kwargs)

    def run_action(self, form: Any) -> str:
        read = form.cleaned_data[VERSION_TOKEN].partition(" ")[0]
        actions.sign_agreement(self.row, self.side, by=reader(self.request), terms=read)
        return self.get_success_url()


class SignForUnit(SignAgreement):
    """The liaison signs for their unit."""

    side = Side.UNIT
    success_message = _("Signed for the unit.")

    def has_permission(self, obj: Agreement) -> bool:
        return permissions.can_sign_for_unit(self.request.user, obj)


class SignForCommunity(SignAgreement):
    """Secretary or deputy sign for the community."""

    side = Side.COMMUNITY
    success_message = _("Signed for the community.")

    def has_permission(self, obj: Agreement) -> bool:
        return permissions.can_sign_for_community(self.request.user, obj)


class EndAgreement(ReasonView[Agreement]):
    """A record keeper ends an agreement, or drops a draft."""

    model = Agreement
    action = staticmethod(actions.end_agreement)
    title = _("End the agreement")
    submit_label = _("End the agreement")
    success_message = _("The agreement was ended.")
    consequence = _(
        "The agreement ends today and its targets are no longer measured. It stays on"
        " record, and both sides are notified of who ended it and why."
    )

    def has_permission(self, obj: Agreement) -> bool:
        return permissions.can_change_agreement(self.request.user, obj)
