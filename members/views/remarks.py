"""Guarded remarks: of a member, of a unit, the member's answer; and who is willing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.actors import scope_of
from core.web.components import Link
from core.web.views import PermittedObjectMixin, ReadFirstView, ReasonView, RowFormView
from members import actions, permissions
from members.actions.membership_bounds import refuse_ended_membership
from members.duplicates.merged import own_or_merged
from members.forms import RemarkForm, ReplyForm, TookPartForm, WillingnessForm
from members.models import GuardedRemark, Member
from members.sections.remarks import describe_remark
from organizations.models import Unit

REMARKS = _("Guarded remarks")


class RemarkedMember(PermittedObjectMixin[Member]):
    """A member whose guarded remarks the reader keeps; for others there is no page."""

    model = Member

    def get_rows(self) -> Any:
        return permissions.members_with_kept_remarks(self.request.user)

    def has_permission(self, obj: Member) -> bool:
        return True


class MemberRemarks(RemarkedMember, TemplateView):
    """The guarded remarks about one member, with the replies."""

    template_name = "members/remarks.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and record who viewed it; lead from a merged record there."""
        if kept := self.find_merged_into():
            return HttpResponseRedirect(reverse("members:remarks", args=[kept.pk]))
        actions.record_look(self.get_permitted_object(), by=reader(request))
        return super().get(request, *args, **kwargs)

    def find_merged_into(self) -> Member | None:
        """Return the record into which the one asked for was merged."""
        merged = Member.all_objects.filter(pk=self.kwargs["pk"]).values("merged_into")
        kept: Member | None = self.get_rows().filter(pk__in=merged).first()
        return kept

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member, user = self.get_permitted_object(), self.request.user
        rows = GuardedRemark.objects.visible_to(user).select_related("member")
        rows = rows.filter(own_or_merged([member.pk]))
        record = reverse("members:record_remark", args=[member.pk])
        actions_ = [] if member.ended_on else [Link(_("Record a remark"), record)]
        return super().get_context_data(
            title=REMARKS,
            lead=member.name,
            breadcrumbs=[Link(member.name, member.get_absolute_url()), Link(REMARKS)],
            page_actions=actions_,
            cards=[describe_remark(row, user) for row in rows],
            **kwargs,
        )


class RecordRemark(RemarkedMember, RowFormView[Member]):
    """The secretary or the street records what happened."""

    form_class = RemarkForm
    title = _("Record a guarded remark")
    success_message = _("The remark is on record. The member may answer it.")

    def refuse_beforehand(self) -> None:
        refuse_ended_membership(self.row)

    def get_cancel_url(self) -> str:
        return reverse("members:remarks", args=[self.row.pk])

    def get_success_url(self) -> str:
        return self.get_cancel_url()

    def run_action(self, form: Any) -> None:
        user = self.request.user
        place = permissions.place_of_remarks(user, self.row)
        actions.record_remark(self.row, place, by=user, **form.action_values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class RecordUnitRemark(RowFormView[Unit]):
    """The secretary or the street records that a unit did not take part."""

    model = Unit
    form_class = RemarkForm
    title = _("Record that a unit did not take part")
    success_message = _("The remark is on record.")

    def get_rows(self) -> Any:
        return Unit.objects.visible_to(self.request.user).open()

    def has_permission(self, obj: Unit) -> bool:
        return permissions.keeps_remarks_of_unit(self.request.user, obj)

    def get_success_url(self) -> str:
        return reverse("members:unit_remarks")

    def run_action(self, form: Any) -> None:
        host = self.row.host
        actions.record_remark(
            self.row, host, by=self.request.user, **form.action_values()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class KeptRemark(RowFormView[GuardedRemark]):
    """Base of forms over a remark that the reader keeps."""

    model = GuardedRemark

    def get_rows(self) -> Any:
        rows = GuardedRemark.objects.managed_by(self.request.user)
        return rows.select_related("member", "unit")

    def has_permission(self, obj: GuardedRemark) -> bool:
        return True


class SettleRemark(KeptRemark, ReadFirstView[GuardedRemark]):
    """They took part after all."""

    form_class = TookPartForm
    action = staticmethod(actions.settle_remark)
    title = _("They took part after all")
    submit_label = _("Record")
    success_message = _("On record. It is no longer among the open refusals.")


class VoidRemark(KeptRemark, ReasonView[GuardedRemark]):
    """Void a remark that is wrong."""

    action = staticmethod(actions.void_remark)
    title = _("Void the remark")
    submit_label = _("Void the remark")
    success_message = _("The remark was voided. It is shown to nobody any more.")
    consequence = _("It is shown to nobody any more, and cannot be brought back.")


class AnswerRemark(ReadFirstView[GuardedRemark]):
    """The member answers a remark about themselves."""

    model = GuardedRemark
    form_class = ReplyForm
    action = staticmethod(actions.answer_remark)
    template_name = "members/answer_remark.html"
    title = _("Answer the remark")
    submit_label = _("Send my reply")
    success_message = _("Your reply stands beside the remark.")

    def get_rows(self) -> Any:
        own = scope_of(self.request.user).member_id or 0
        rows = GuardedRemark.objects.visible_to(self.request.user)
        return rows.filter(own_or_merged([own]))

    def has_permission(self, obj: GuardedRemark) -> bool:
        return True

    def get_initial(self) -> dict[str, Any]:
        return {"reply": self.row.reply}

    def get_cancel_url(self) -> str:
        return reverse("members:me")

    def get_success_url(self) -> str:
        return reverse("members:me")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card = describe_remark(self.row, self.request.user)
        return super().get_context_data(card=card, **kwargs)


class RecordWillingness(ReadFirstView[Member]):
    """The place of check-in notes whether a member wants to serve."""

    model = Member
    form_class = WillingnessForm
    action = staticmethod(actions.set_willingness)
    title = _("Willing to serve")

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_end_check_in(self.request.user, obj)

    def get_initial(self) -> dict[str, Any]:
        return {"willing": self.row.willing}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)
