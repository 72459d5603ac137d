"""Agreements: the list, one of them, drafting, signing and ending them."""

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
from cobuilding.filters import AgreementFilter
from cobuilding.forms import AgreementForm, NewAgreementForm
from cobuilding.models import Agreement, Target
from cobuilding.queries import with_standing
from cobuilding.tables import AgreementTable
from core.forms import STALE, StaleAwareForm
from core.months import month_of, today
from core.pages import Fact, Section, Verb, Way
from core.views import (
    ChangeView,
    ConfirmView,
    DeedFormView,
    ListPage,
    OverRow,
    ReasonView,
)
from organizations.models import Organization, Unit


class AgreementList(UserPassesTestMixin, ListPage):
    """Agreements of the reader's area."""

    model = Agreement
    table_class = AgreementTable
    filterset_class = AgreementFilter
    title = _("Co-building agreements")
    empty_text = _("No agreement yet. Draft one with a resident unit.")

    def test_func(self) -> bool:
        return permissions.can_look(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().with_target_counts(month_of(today()))
        return rows.select_related("unit", "organization").order_by(
            "-starts_on", "title", "pk"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = [Way(_("Projects"), reverse("cobuilding:projects"))]
        if permissions.can_keep(self.request.user):
            draft = reverse("cobuilding:draft_agreement")
            ways.append(Way(_("Draft an agreement"), draft, "plus-lg", primary=True))
        return super().get_context_data(page_actions=ways, **kwargs)


class AgreementDetail(OverRow[Agreement], TemplateView):
    """One agreement: its two signatures, its targets and how they are kept."""

    model = Agreement
    template_name = "cobuilding/agreement.html"

    def get_rows(self) -> Any:
        rows = with_standing(Agreement.objects.visible_to(self.request.user))
        return rows.select_related("signed_by_unit", "signed_by_community")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement, user = self.get_object(), self.request.user
        keeps = permissions.can_change_agreement(user, agreement)
        return super().get_context_data(
            title=agreement.title,
            agreement=agreement,
            breadcrumbs=crumbs(user, Way(agreement.title)),
            page_actions=[
                *signatures_for(user, agreement),
                *(ways_for(agreement) if keeps else []),
            ],
            sections=[Section("", facts_of(agreement))],
            promises=[
                (target, removal_of(target) if keeps and agreement.is_draft else None)
                for target in agreement.targets.all()
            ],
            **kwargs,
        )


def removal_of(target: Target) -> Verb:
    """Offer to take a target out of a draft."""
    url = reverse("cobuilding:remove_target", args=[target.pk])
    return Verb(_("Take out"), url, danger=True)


def crumbs(user: object, *rest: Way) -> list[Way]:
    """Return the way down: from the unit's page for a liaison, else from the list."""
    if permissions.can_look(user):
        return [Way(_("Co-building"), reverse("cobuilding:list")), *rest]
    return [Way(_("My unit"), reverse("cobuilding:unit")), *rest]


def ways_for(agreement: Agreement) -> list[Way]:
    """Return what record keepers may go on to do with an agreement."""
    ways = []
    if agreement.is_draft:
        add = reverse("cobuilding:add_target", args=[agreement.pk])
        change = reverse("cobuilding:change_agreement", args=[agreement.pk])
        ways.append(Way(_("Add a target"), add, "plus-lg"))
        ways.append(Way(_("Change"), change, "pencil"))
    if agreement.state != AgreementState.ENDED:
        end = reverse("cobuilding:end_agreement", args=[agreement.pk])
        ways.append(Way(_("End …"), end))
    return ways


def signatures_for(user: object, agreement: Agreement) -> list[Way]:
    """Return the signatures that are wanted of the reader."""
    if not permissions.may_still_sign(agreement):
        return []
    for_unit, for_community = _("Sign for the unit"), _("Sign for the community")
    sides = [
        (Side.UNIT, for_unit, permissions.can_sign_for_unit),
        (Side.COMMUNITY, for_community, permissions.can_sign_for_community),
    ]
    return [
        Way(
            label,
            reverse(f"cobuilding:sign_for_{side}", args=[agreement.pk]),
            primary=True,
        )
        for side, label, may in sides
        if not agreement.is_signed_by(side) and may(user, agreement)
    ]


def facts_of(agreement: Agreement) -> list[Fact]:
    """Return what an agreement's page says of it."""
    facts = [
        Fact(_("State"), agreement.shown_state),
        Fact(_("Unit"), agreement.unit),
        Fact(_("Community"), agreement.organization),
        Fact(_("From"), agreement.starts_on),
        Fact(_("Until"), agreement.last_day),
        Fact(_("Signed for the unit"), signature(agreement, Side.UNIT)),
        Fact(_("Signed for the community"), signature(agreement, Side.COMMUNITY)),
    ]
    if agreement.end_reason:
        facts.append(Fact(_("Why it ended"), agreement.end_reason))
    return facts


def signature(agreement: Agreement, side: Side) -> str | None:
    """Return who signed for a side and on which day, or nothing."""
    if not agreement.is_signed_by(side):
        return None
    at = getattr(agreement, f"signed_by_{side.value}_at")
    name = getattr(agreement, f"signed_by_{side.value}")
    return f"{name} {localdate(at)}"


class Begin(UserPassesTestMixin, DeedFormView):
    """A record keeper chooses among his communities and the units he keeps."""

    def test_func(self) -> bool:
        return permissions.can_keep(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        kept = Organization.objects.managed_by(user).communities().open()
        units = Unit.objects.managed_by(user).open()
        return {**super().get_form_kwargs(), "communities": kept, "units": units}


class DraftAgreement(Begin):
    """A record keeper drafts an agreement of one of his communities with a unit."""

    form_class = NewAgreementForm
    title = _("Draft an agreement")
    submit_label = pgettext_lazy("button", "Draft")
    success_message = _("Drafted. Now add what is promised, then let both sides sign.")

    def act(self, form: NewAgreementForm) -> str:
        values = form.deed_values()
        agreement = actions.draft_agreement(by=self.request.user, **values)
        return agreement.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("cobuilding:list")
        return super().get_context_data(cancel_url=back, **kwargs)


class ChangeAgreement(ChangeView[Agreement]):
    """A record keeper corrects a draft."""

    model = Agreement
    form_class = AgreementForm
    title = _("Change the agreement")

    def allowed(self, obj: Agreement) -> bool:
        return permissions.can_change_agreement(self.request.user, obj)

    def act(self, form: AgreementForm) -> str:
        values = form.deed_values()
        actions.change_agreement(self.row, by=self.request.user, **values)
        return self.row.get_absolute_url()


class SignAgreement(ConfirmView[Agreement]):
    """Somebody signs for his side, and is told first what that means."""

    model = Agreement
    side: ClassVar[Side]
    title = _("Sign the agreement")
    submit_label = _("Sign")
    consequence = _(
        "You sign for your side and cannot take it back; text and targets can no longer"
        " be changed. Once both sides have signed, the targets are measured."
    )
    danger = False
    form_class = StaleAwareForm
    template_name = "cobuilding/sign.html"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), STALE: actions.terms_of(self.row)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        targets = self.row.targets.select_related("project")
        return super().get_context_data(targets=targets, **kwargs)

    def act(self, form: Any) -> str:
        read = form.cleaned_data[STALE]
        actions.sign_agreement(self.row, self.side, by=reader(self.request), terms=read)
        return self.get_success_url()


class SignForUnit(SignAgreement):
    """The liaison signs for his unit."""

    side = Side.UNIT
    success_message = _("Signed for the unit.")

    def allowed(self, obj: Agreement) -> bool:
        return permissions.can_sign_for_unit(self.request.user, obj)


class SignForCommunity(SignAgreement):
    """Secretary or deputy sign for the community."""

    side = Side.COMMUNITY
    success_message = _("Signed for the community.")

    def allowed(self, obj: Agreement) -> bool:
        return permissions.can_sign_for_community(self.request.user, obj)


class EndAgreement(ReasonView[Agreement]):
    """A record keeper ends an agreement, or drops a draft."""

    model = Agreement
    title = _("End the agreement")
    submit_label = _("End the agreement")
    success_message = _("The agreement was ended.")
    consequence = _(
        "From today it holds no more and its targets are no longer measured. It stays"
        " on record."
    )

    def allowed(self, obj: Agreement) -> bool:
        return permissions.can_change_agreement(self.request.user, obj)

    def deed(self, reason: str) -> None:
        actions.end_agreement(self.row, by=self.request.user, reason=reason)
