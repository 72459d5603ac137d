"""What is recorded of a person on the way to membership: each step, and the end."""

from typing import Any

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from core.dates import format_day, format_month
from core.web.views import (
    ChangeView,
    QuestionView,
    ReadFirstView,
    ReasonView,
    RowFormView,
)
from members import actions, permissions
from members.development.steps import days_of
from members.enums import DevelopmentStepKind, Standing
from members.errors import DevelopmentIsOver
from members.forms import (
    AdmitDevelopedForm,
    DevelopmentChangeForm,
    StepForm,
    StopForm,
)
from members.models import Development, Member
from members.views.development import DevelopmentMixin, branches_developing, voters_of
from organizations.models import Organization

ADMITTING = (DevelopmentStepKind.MEETING, DevelopmentStepKind.APPROVED)


class OpenDevelopmentView(DevelopmentMixin, RowFormView[Development]):
    """Base of forms that are of no use once the development is over."""

    def refuse_beforehand(self) -> None:
        if not self.row.is_open:
            state = self.row.get_state_display()
            raise DevelopmentIsOver(name=self.row.name, state=state)

    def shown_rows(self, row: Development) -> list[Model]:
        """Return the record with its steps, for the forms that decide about them."""
        return [row, *row.steps.all()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": self.row.name, **kwargs})


class ChangeDevelopment(OpenDevelopmentView, ChangeView[Development]):
    """Correct the record of somebody on the way to membership."""

    form_class = DevelopmentChangeForm
    action = staticmethod(actions.change_development)
    title = _("Correct the record")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "phone": ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = branches_developing(self.request.user)
        own = Organization.objects.filter(pk=self.row.organization_id)
        return {**super().get_form_kwargs(), "organizations": offered | own}


class RecordStep(OpenDevelopmentView):
    """Record one step of a person; the form asks what the rules ask of it."""

    form_class = StepForm
    title = _("Record the step")
    submit_label = _("Record the step")
    success_message = _("The step is on record.")

    @property
    def kind(self) -> DevelopmentStepKind:
        """The step of the address; no such step is 404."""
        try:
            return DevelopmentStepKind(self.kwargs["kind"])
        except ValueError as error:
            raise Http404 from error

    def get_form_kwargs(self) -> dict[str, Any]:
        people = Member.objects.filter(
            organization=self.row.organization, standing=Standing.FULL
        )
        cultivating = self.row.steps.filter(kind=DevelopmentStepKind.ACTIVIST).first()
        chosen = (
            [cultivating.first_person, cultivating.second_person] if cultivating else []
        )
        return {
            **super().get_form_kwargs(),
            "kind": self.kind,
            "people": people.select_related("organization").order_by("sort_key", "pk"),
            "cultivated_by": chosen,
            "voters": voters_of(self.row.organization),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.kind.label, **kwargs)

    def run_action(self, form: Any) -> None:
        actions.record_development_step(
            self.row, kind=self.kind, by=self.request.user, **form.action_values()
        )


class TakeBackStep(OpenDevelopmentView, ReasonView[Development]):
    """Take back the step that was recorded last."""

    action = staticmethod(actions.take_back_step)
    title = _("Take back the last step")
    submit_label = _("Take back")
    success_message = _("The step was taken back.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = actions.last_step(self.row)
        nothing = _("Only the application is on record: there is nothing to take back.")
        consequence = _("It stays on record with your reason, and no longer counts.")
        return super().get_context_data(
            question=step or self.row,
            consequence=consequence if step else nothing,
            impossible=step is None,
            **kwargs,
        )


class StopDevelopment(OpenDevelopmentView, QuestionView[Development]):
    """Stop the development of a person, for a reason."""

    form_class = StopForm
    action = staticmethod(actions.stop_development)
    title = _("Stop the development")
    submit_label = _("Stop the development")
    success_message = _("The development was stopped. The record stays.")
    consequence = _(
        "The record stays with your reason. Whoever applies again begins anew."
    )


class AdmitDeveloped(OpenDevelopmentView, ReadFirstView[Development]):
    """Enter the member of a finished development: all else is on record already."""

    form_class = AdmitDevelopedForm
    title = _("Enter as a member")
    submit_label = _("Enter as a member")
    success_message = _("The member is on record, as a probationary member.")

    def has_permission(self, obj: Development) -> bool:
        return permissions.can_admit_developed(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is taken over: the day of joining, and from when on it counts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        days = days_of(self.row.steps.all())
        met, approved = (days.get(kind) for kind in ADMITTING)
        if met is None or approved is None:
            return context
        words = {
            "met": format_day(met),
            "approved": format_day(approved),
            "month": format_month(approved),
        }
        taken_over = _(
            "Joined on %(met)s, approved on %(approved)s; counted from %(month)s on"
        )
        return {**context, "lead": f"{self.row.name} · {taken_over % words}"}

    def run_action(self, form: Any) -> str:
        member = actions.admit_developed(
            self.row, by=self.request.user, **form.action_values()
        )
        return member.get_absolute_url()
