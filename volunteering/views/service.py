"""Record hours, and who came to a shift."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django_tables2 import SingleTableView

from accounts.http import reader
from core.actors import Actor, scope_of
from core.text import StrOrPromise
from core.web.exports import ExportedPage
from core.web.views import ConfirmView, RowFormView
from volunteering import actions, permissions
from volunteering.forms import AttendanceForm, HoursForm
from volunteering.models import Claim, ServiceRecord, Shift
from volunteering.tables import UnrecordedShiftTable


class RecordKeeperMixin(UserPassesTestMixin, View):
    """A page for people who keep a community's records."""

    def test_func(self) -> bool:
        return permissions.can_oversee(self.request.user)


class UnrecordedShifts(RecordKeeperMixin, ExportedPage, SingleTableView):
    """Begun shifts without recorded attendance."""

    table_class = UnrecordedShiftTable
    template_name = "core/list_page.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Shift]:
        managed = Shift.objects.managed_by(self.request.user)
        rows = managed.unrecorded(Claim.objects.all())
        return rows.select_related("post__organization").order_by("starts_at", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            title=_("Service to record"),
            empty_text=_("All service that was claimed is recorded."),
            **kwargs,
        )
        return context


class RecordAttendance(RowFormView[Shift]):
    """Record attendance and hours of everybody who claimed a shift."""

    model = Shift
    form_class = AttendanceForm
    template_name = "volunteering/attendance.html"
    title = _("Who came")
    success_message: StrOrPromise = ""

    def get_rows(self) -> QuerySet[Shift]:
        return super().get_rows().select_related("post__organization")

    def has_permission(self, obj: Shift) -> bool:
        return permissions.can_manage(self.request.user, obj.post)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {"shift": self.row, "claims": self.claims_to_settle()}
        return {**super().get_form_kwargs(), **kwargs}

    def claims_to_settle(self) -> list[Claim]:
        """Return the claims whose attendance can be recorded, the earliest first."""
        claims = self.row.claims.to_settle().select_related(
            "member__organization", "member__community", "record"
        )
        return list(claims.order_by("claimed_at", "pk"))

    def run_action(self, form: Any) -> str:
        attendance = form.attended()
        actions.record_attendance(attendance, by=reader(self.request))
        missed = sum(row.hours is None for row in attendance)
        words = _("%(came)s came and wait for another person; %(missed)s did not come.")
        self.success_message = words % {
            "came": len(attendance) - missed,
            "missed": missed,
        }
        return reverse("volunteering:unrecorded")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        settled = ServiceRecord.objects.filter(claim__shift=self.row)
        return super().get_context_data(
            shift=self.row,
            most=actions.max_hours(self.row),
            settled=settled.settled().select_related("member").order_by("pk"),
            cancel_url=reverse("volunteering:unrecorded"),
            **kwargs,
        )


def back_from(claim: Claim, user: Actor) -> str:
    """Members go back to their own service, keepers to what is left to record."""
    own = claim.member_id == scope_of(user).member_id
    return reverse("volunteering:mine" if own else "volunteering:unrecorded")


class RecordService(RowFormView[Claim]):
    """The member, or a keeper for them, records the hours of a claim."""

    model = Claim
    form_class = HoursForm
    template_name = "volunteering/record_service.html"
    title = _("Record hours")
    success_message = _("The hours are recorded and wait for another person.")

    def get_rows(self) -> QuerySet[Claim]:
        return super().get_rows().select_related("shift__post", "member", "record")

    def has_permission(self, obj: Claim) -> bool:
        return permissions.can_record(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "claim": self.row}

    def run_action(self, form: Any) -> str:
        actions.record_attendance([form.attended()], by=reader(self.request))
        return back_from(self.row, self.request.user)

    def get_cancel_url(self) -> str:
        return back_from(self.row, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        most = actions.max_hours(self.row.shift)
        return super().get_context_data(claim=self.row, most=most, **kwargs)


class MarkMissed(ConfirmView[Claim]):
    """The member, or a keeper for them, records the member's absence."""

    read_with = ("shift",)
    model = Claim
    title = _("Did not come")
    submit_label = _("Did not come")
    success_message: StrOrPromise = _("It is noted that %(name)s did not come.")
    consequence = _(
        "The claim stays on record as missed; the place is not given back. Hours can"
        " still be recorded if it turns out otherwise."
    )

    def get_rows(self) -> QuerySet[Claim]:
        return super().get_rows().select_related("shift__post", "member")

    def has_permission(self, obj: Claim) -> bool:
        return permissions.can_record(self.request.user, obj)

    def run_action(self, form: Any) -> None:
        actions.mark_missed(self.row, by=self.request.user)
        words = {"name": self.row.member.name}
        self.success_message = str(self.success_message) % words

    def get_success_url(self) -> str:
        return back_from(self.row, self.request.user)

    def get_cancel_url(self) -> str:
        return back_from(self.row, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"name": self.row.member.name, "shift": self.row.shift}
        question = _("%(name)s: %(shift)s") % words
        return super().get_context_data(question=question, **kwargs)
