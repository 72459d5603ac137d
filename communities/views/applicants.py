"""Forms about who applied for a seat: entering, taking on, deciding, voiding."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.applicants import refuse_decided, refuse_void_applicant
from communities.actions.recruitments import refuse_closed, refuse_full
from communities.forms import ApplicantForm, DecideForm, TakeOnForm
from communities.models import Applicant, NonMember, Recruitment
from communities.views.recruitments import RecruitmentRows
from core.web.views import ReadFirstView, ReasonView, RowFormView
from members.models import Member
from organizations.models import Unit


class AddApplicant(RecruitmentRows, RowFormView[Recruitment]):
    """A record keeper enters who applied for a seat."""

    form_class = ApplicantForm
    action = staticmethod(actions.add_applicant)
    title = _("Enter an applicant")
    submit_label = _("Enter")
    success_message = _("The applicant is on the list.")

    def refuse_beforehand(self) -> None:
        refuse_closed(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        members = Member.objects.visible_to(user).current()
        return {
            **super().get_form_kwargs(),
            "body": self.row.body,
            "members": members.select_related("organization", "community"),
            "others": NonMember.objects.visible_to(user),
            "units": Unit.objects.none(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class ApplicantRows:
    """Applicants with their recruitment, for who keeps its body."""

    model = Applicant
    request: Any
    row: Applicant

    def get_rows(self) -> Any:
        rows = Applicant.all_objects.visible_to(self.request.user).with_people()
        return rows.select_related(
            *("recruitment__kind", "recruitment__body__kind"),
            "recruitment__body__organization",
        )

    def has_permission(self, obj: Applicant) -> bool:
        """Whether the reader keeps the body."""
        user = self.request.user
        return permissions.can_keep_recruitment(user, obj.recruitment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say above the form who is meant."""
        context: dict[str, Any] = super().get_context_data(lead=self.row, **kwargs)  # type: ignore[misc] # of the view that it is mixed into
        return context


class TakeOn(ApplicantRows, ReadFirstView[Applicant]):
    """A record keeper lets an applicant take the seat."""

    read_with = ("recruitment",)
    form_class = TakeOnForm
    action = staticmethod(actions.take_on)
    title = _("Take the applicant on")
    submit_label = _("Take on")
    success_message = _("The seat is held now.")

    def refuse_beforehand(self) -> None:
        refuse_decided(self.row)
        refuse_full(self.row.recruitment)

    def get_form_kwargs(self) -> dict[str, Any]:
        apply_until = self.row.recruitment.apply_until
        return {**super().get_form_kwargs(), "apply_until": apply_until}


class DecideApplicant(ApplicantRows, ReadFirstView[Applicant]):
    """A record keeper enters that an applicant was not taken on, or withdrew."""

    read_with = ("recruitment",)
    form_class = DecideForm
    action = staticmethod(actions.decide_applicant)
    title = _("Decide about the applicant")
    success_message = _("The decision is on record.")

    def refuse_beforehand(self) -> None:
        refuse_decided(self.row)


class VoidApplicant(ApplicantRows, ReasonView[Applicant]):
    """A record keeper voids an application entered by mistake."""

    read_with = ("recruitment",)
    action = staticmethod(actions.void_applicant)
    title = _("Void the application")
    submit_label = _("Void the application")
    success_message = _("The application was voided.")
    consequence = _("It stays on record with the reason, and is on no list any more.")

    def refuse_beforehand(self) -> None:
        refuse_void_applicant(self.row)
