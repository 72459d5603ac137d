"""Pages about members with whom contact was lost."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.dates import format_day
from core.text import StrOrPromise
from core.web.views import QuestionView, ReadFirstView, ReasonView, RowFormView
from members import actions, permissions
from members.enums import LostState
from members.errors import SearchIsOver
from members.forms import AbroadForm, ContactForm, DecisionForm, LiftForm, ReportForm
from members.lost_contacts.contacts import last_organization_life
from members.models import LostContact
from members.views.changes import CurrentMemberView
from members.views.closed_rows import describe_closed_rows


class ReportLost(CurrentMemberView):
    """Open the search for a member with whom contact was lost."""

    form_class = ReportForm
    title = _("Report lost contact")
    submit_label = _("Open the search")
    success_message: StrOrPromise = _(
        "The search is open. Record each attempt as a step."
    )

    def get_initial(self) -> dict[str, Any]:
        return {"last_life_on": last_organization_life(self.row.pk)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "member": self.row}

    def run_action(self, form: Any) -> str:
        row = actions.report_lost_contact(
            self.row, by=self.request.user, **form.action_values()
        )
        if row.last_life_on and row.last_life_on != form.cleaned_data["last_life_on"]:
            self.success_message = _(
                "The search is open. The last organization life is %(day)s, by the"
                " minutes of that day."
            ) % {"day": format_day(row.last_life_on)}
        return row.get_absolute_url()


class ReportAbroad(CurrentMemberView):
    """Open the case of a member who settled abroad, or studies there (R-25)."""

    form_class = AbroadForm
    title = _("Settled or studying abroad")
    submit_label = _("Open the case")
    success_message = _("The case is open. Record the decision on its page.")
    compared = ()

    def run_action(self, form: Any) -> str:
        user = reader(self.request)
        row = actions.report_abroad(
            self.row, by=user, owner=user, **form.action_values()
        )
        return row.get_absolute_url()


class LostContactView(RowFormView[LostContact]):
    """Base of forms over an open search, for those who keep the records there."""

    model = LostContact

    def get_rows(self) -> Any:
        return super().get_rows().select_related("member", "case")

    def has_permission(self, obj: LostContact) -> bool:
        return permissions.can_decide_on(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        if not self.row.is_open:
            state = self.row.get_state_display()
            raise SearchIsOver(name=self.row.member.name, state=state)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.member.name, **kwargs)


class RecordContact(LostContactView, ReadFirstView[LostContact]):
    """End a search because the member is in contact again."""

    read_with = ("case", "case.steps")
    action = staticmethod(actions.record_contact)
    title = _("Record contact")
    success_message = _("The search is over. The record keeps since when it ran.")

    def get_form_class(self) -> Any:
        suspended = self.row.state == LostState.SUSPENDED
        return LiftForm if suspended else ContactForm


class SuspendMembership(LostContactView, QuestionView[LostContact]):
    """Record that the membership was suspended."""

    read_with = ("case", "case.steps")
    action = staticmethod(actions.suspend_membership)
    form_class = DecisionForm
    title = _("Suspend the membership")
    submit_label = _("Suspend")
    success_message = _("Suspended. The member still belongs to the branch.")
    consequence: StrOrPromise = _(
        "The member still belongs to the branch and counts there. Removal can be"
        " decided two years later."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.row.is_abroad:
            context["consequence"] = _(
                "The member still belongs to the branch and counts there. Who comes"
                " back may have the suspension lifted."
            )
        return context


class RemoveLostMember(LostContactView, QuestionView[LostContact]):
    """Record that a lost member was removed, or a probationary one cancelled."""

    read_with = ("case", "case.steps")
    form_class = DecisionForm
    title = _("Remove the member")
    submit_label = _("Remove the member")
    consequence = _(
        "The membership ends on this day, and with it everything that is open for the"
        " member. The record stays."
    )

    def run_action(self, form: Any) -> None:
        closed = actions.remove_lost_member(
            self.row, by=self.request.user, **form.action_values()
        )
        done = _("The membership has ended.")
        self.success_message = describe_closed_rows(done, closed)


class VoidLostContact(LostContactView, ReasonView[LostContact]):
    """Void a search that was opened by mistake."""

    read_with = ("case", "case.steps")
    action = staticmethod(actions.void_lost_contact)
    title = _("Void the search")
    submit_label = _("Void the search")
    success_message = _("The search was voided.")
    consequence = _("It stays on record with the reason.")
