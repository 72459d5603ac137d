"""Records of days after an end: the list of what is left, and keeping one."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import SingleTableView

from accounts.http import reader
from core.actors import scope_of
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.views import ReasonView
from members import actions
from members.ends.after_ends import describe_record, keys_of_unsettled
from members.ends.dated_records import dated_records, describe_end_before
from members.forms import KeepForm
from members.models import Member, RecordAfterEnd
from members.tables import RecordAfterEndTable
from organizations.roles import MEETING_KEEPERS


class RecordsAfterEnds(ExportedPage, UserPassesTestMixin, SingleTableView):
    """What is on record of somebody after they ended or left, not settled yet."""

    table_class = RecordAfterEndTable
    template_name = "core/list_page.html"
    paginate_by = 50

    def test_func(self) -> bool:
        return scope_of(reader(self.request)).has_role(MEETING_KEEPERS)

    def get_queryset(self) -> Any:
        rows = RecordAfterEnd.objects.managed_by(self.request.user)
        rows = rows.filter(pk__in=keys_of_unsettled(rows))
        return rows.select_related("member", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            title=_("Records of days after an end"),
            empty_text=_("No record of a day after an end is left to be settled."),
            **kwargs,
        )
        return context


class KeepAfterEnd(ReasonView[RecordAfterEnd]):
    """Keep a record as right, or go to the page on which it is corrected."""

    model = RecordAfterEnd
    form_class = KeepForm
    template_name = "members/keep_after_end.html"
    title = _("Record of a day after an end")
    submit_label = _("Keep it as it is")
    success_message = _("The record is kept, with your reason.")
    consequence = _(
        "If the record, its day or the end is wrong, correct it there; it then leaves"
        " the list. If all of it is right, say why: the record goes on"
        " counting as it does and is no longer marked."
    )
    danger = False

    def get_rows(self) -> Any:
        rows = RecordAfterEnd.objects.unsettled().managed_by(self.request.user)
        return rows.select_related("member", "organization")

    def has_permission(self, obj: RecordAfterEnd) -> bool:
        return True

    def run_action(self, form: Any) -> None:
        actions.keep_record_after_end(
            self.row, reason=form.cleaned_data["reason"], by=reader(self.request)
        )

    def get_success_url(self) -> str:
        return reverse("members:after_ends")

    def get_cancel_url(self) -> str:
        return reverse("members:after_ends")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        words = {
            "name": row.member.name,
            "record": describe_record(row),
            "end": describe_end_before(row.member, row.day),
        }
        return super().get_context_data(
            question=gettext("%(name)s: %(record)s, but %(end)s") % words,
            corrections=self.list_corrections(),
            **kwargs,
        )

    def list_corrections(self) -> list[Link]:
        """Return the pages on which the record or the end can be corrected."""
        row = self.row
        kind = dated_records.get(row.kind)
        record = kind.rows().filter(pk=row.record).first()
        links = []
        if record is not None and kind.page is not None:
            links.append(Link(_("Open the record"), kind.page(record)))
        if Member.objects.visible_to(self.request.user).filter(pk=row.member_id):
            url = row.member.get_absolute_url()
            links.append(Link(_("Open the member's page"), url))
        return links
