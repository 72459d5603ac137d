"""Views in which a superior's form is filled, and of what came of its cells."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.dates import format_month
from core.web.exports import ExportedPage
from core.web.views import RowFormView
from organizations.models import Organization
from reports import actions
from reports.errors import NothingMapped
from reports.forms import FillForm
from reports.models import FilledForm, SuperiorForm
from reports.querysets import EXPORTERS
from reports.superior_forms.results import list_results, may_read_all
from reports.tables import FilledCellTable
from reports.views.superior_forms import FormMixin


class FillSuperiorForm(FormMixin, RowFormView[SuperiorForm]):
    """Have a form filled for a place and month."""

    form_class = FillForm
    title = _("Fill the form")
    submit_label = _("Fill it")
    success_message = _("The form is being filled. You may leave this page.")

    def refuse_beforehand(self) -> None:
        if not self.row.cells.exists():
            raise NothingMapped

    def get_form_kwargs(self) -> dict[str, Any]:
        places = Organization.objects.open().within(self.row.organization)
        own = places.in_scope_of(self.request.user, EXPORTERS).order_by("path")
        return {**super().get_form_kwargs(), "organizations": own}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = _(
            "Only the cells that are named are filled. What nobody recorded or counted"
            " stays blank, and a list says which cells these are."
        )
        extra = {"lead": lead, "title": f"{self.row.title} · {self.title}"}
        return super().get_context_data(**{**extra, **kwargs})

    def run_action(self, form: Any) -> str:
        values = form.action_values()
        by = reader(self.request)
        filled = actions.ask_for_filled_form(self.row, by=by, **values)
        return filled.get_absolute_url()


class FilledFormPage(ExportedPage, SingleTableMixin, DetailView):
    """What came of each cell of a filled form, and the workbook for who asked."""

    template_name = "reports/filled_form.html"
    context_object_name = "filled"
    table_class = FilledCellTable
    paginate_by = 100

    def get_queryset(self) -> Any:
        rows = FilledForm.objects.visible_to(self.request.user)
        return rows.select_related("form", "organization", "job__file", "asked_by")

    def get_table_data(self) -> Any:
        return list_results(self.object, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filled, job = self.object, self.object.job
        place, month = filled.organization.name, format_month(filled.month)
        own = job.owner_id == self.request.user.pk
        file_url = reverse("exchange:job_file", args=[job.pk])
        was_erased = job.file is not None and job.file.erased_at is not None
        has_file = job.file is not None and not was_erased
        may_have = own and has_file and may_read_all(filled, job.owner)
        return super().get_context_data(
            title=f"{filled.form.title} · {place} · {month}",
            lead=str(filled.asked_by),
            job=job if own else None,
            progress_url=reverse("exchange:job_progress", args=[job.pk]),
            download_url=file_url if may_have else "",
            is_erased=own and was_erased,
            form_url=filled.form.get_absolute_url()
            if filled.form.voided_at is None
            else "",
            **kwargs,
        )
