"""Pages of imports: upload, preview, confirm."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView
from django_tables2 import SingleTableMixin

from core.web.components import ActionButton, Link
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from core.web.read_first import add_token, token_of
from core.web.views import (
    ActionFormView,
    ActionView,
    PermittedObjectMixin,
    ReadFirstView,
)
from exchange import permissions
from exchange.enums import Verdict
from exchange.filters import BatchFilter
from exchange.forms import AnswerForm, ConfirmForm, UploadForm
from exchange.imports import (
    answer_batch,
    confirm_batch,
    discard_batch,
    find_earlier_answers,
    upload_batch,
)
from exchange.models import ImportBatch
from exchange.tables import BatchTable, RowTable
from exchange.views.jobs import is_fragment_request


class BatchList(UserPassesTestMixin, ListPage):
    """Imports where the reader keeps records."""

    model = ImportBatch
    table_class = BatchTable
    filterset_class = BatchFilter
    title = _("Imports")
    empty_text = _("No sheet has been imported yet.")

    def test_func(self) -> bool:
        return permissions.can_import(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.select_related("file", "organization", "uploaded_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = reverse("exchange:upload")
        upload = Link(_("Bring a sheet in"), address, "upload", primary=True)
        return super().get_context_data(
            page_actions=[upload], empty_action=upload, **kwargs
        )


class UploadSheet(UserPassesTestMixin, ActionFormView):
    """Upload a sheet; a worker reads it, and nothing is written yet."""

    form_class = UploadForm
    title = _("Bring a sheet in")
    submit_label = _("Read the sheet")
    success_message = _("The sheet was uploaded and is being read.")

    def test_func(self) -> bool:
        return permissions.can_import(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("exchange:list"), **kwargs)

    def run_action(self, form: Any) -> str:
        batch = upload_batch(
            form.cleaned_data["file"],
            kind=form.cleaned_data["kind"],
            organization=form.cleaned_data["organization"],
            by=self.request.user,
        )
        return batch.get_absolute_url()


class BatchPage(ExportedPage, SingleTableMixin, DetailView):
    """The preview of a sheet: the outcome of each row, and the next steps."""

    template_name = "exchange/batch_page.html"
    context_object_name = "batch"
    table_class = RowTable
    paginate_by = 100

    def get_queryset(self) -> Any:
        rows = ImportBatch.objects.visible_to(self.request.user)
        return rows.select_related("file", "organization", "job", "confirmed_by")

    def get_table_data(self) -> Any:
        rows = self.object.rows.in_sheet_order()
        verdict = self.request.GET.get("verdict")
        return rows.filter(verdict=verdict) if verdict in Verdict.values else rows

    def get_table_kwargs(self) -> dict[str, Any]:
        hidden = () if len(self.object.sheets) > 1 else ("sheet",)
        return {"batch": self.object, "exclude": hidden}

    def page_actions(self) -> list[Link]:
        """Return the links above the preview."""
        attachment = self.object.file
        if attachment.erased_at is not None:
            return []
        url = reverse("exchange:file", args=[attachment.pk])
        downloads = [Link(_("The file as uploaded"), url, "download")]
        if self.object.counts.get(Verdict.REFUSE):
            url = reverse("exchange:refused", args=[self.object.pk])
            downloads.append(Link(_("Refused rows"), url, "download"))
        return downloads

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, user = self.object, self.request.user
        may_work = permissions.can_work_on(user, batch)
        confirm = may_work and batch.can_be_confirmed and batch.would_write
        answer = may_work and batch.can_be_answered
        token = token_of([batch])  # of what the steps below apply to
        return super().get_context_data(
            title=batch.file.original_name,
            lead=f"{batch.kind_label} · {batch.organization}",
            tallies=batch.tallies,
            verdict=self.request.GET.get("verdict", ""),
            confirm_form=add_token(ConfirmForm(batch=batch), token)
            if confirm and not batch.waits_for_answers
            else None,
            answer_form=add_token(
                AnswerForm(batch=batch, earlier=find_earlier_answers(batch)), token
            )
            if answer
            else None,
            discard_button=discard_button_for(batch)
            if may_work and batch.can_be_discarded
            else None,
            page_actions=self.page_actions(),
            progress_url=reverse("exchange:progress", args=[batch.pk]),
            **kwargs,
        )


def discard_button_for(batch: ImportBatch) -> ActionButton:
    """Return the button that discards an upload, once it is said what is lost."""
    return ActionButton(
        _("Discard the sheet"),
        reverse("exchange:discard", args=[batch.pk]),
        danger=True,
        consequence=_(
            "The uploaded file is erased and cannot be brought back, nor can the"
            " answers given here. Nothing was entered from it; to import it, upload it"
            " again."
        ),
        confirm_label=_("Discard the sheet and erase its file"),
    )


class BatchProgress(PermittedObjectMixin[ImportBatch]):
    """The progress of the work; the page reloads once it is over."""

    model = ImportBatch

    def has_permission(self, obj: ImportBatch) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the fragment, or tell the page to reload as a whole."""
        batch = self.get_permitted_object()
        if not is_fragment_request(request):
            return redirect(batch)
        if not batch.is_at_work:
            return HttpResponse(headers={"HX-Refresh": "true"})
        url = reverse("exchange:progress", args=[batch.pk])
        context = {"job": batch.job, "progress_url": url}
        return render(request, "core/_progress.html", context)


class BatchStep(PermittedObjectMixin[ImportBatch]):
    """A step of an import, for those who could have uploaded it."""

    model = ImportBatch

    def has_permission(self, obj: ImportBatch) -> bool:
        return permissions.can_work_on(self.request.user, obj)


class BatchFormStep(BatchStep, ReadFirstView[ImportBatch]):
    """A step that asks something about the sheet."""

    template_name = "core/confirm_action.html"

    def shown_texts(self, row: ImportBatch) -> tuple[str, ...]:
        """Return nothing: the page of the sheet, with the same forms, shows the row."""
        return ()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "batch": self.row}


class AnswerBatch(BatchFormStep):
    """Correct a sheet's type or answer its questions; a worker reads it again."""

    form_class = AnswerForm
    title = _("What the sheet is")
    submit_label = _("Read the sheet again")
    success_message = _("The answers were saved and the sheet is being read again.")

    def get_form_kwargs(self) -> dict[str, Any]:
        earlier = find_earlier_answers(self.row)
        return {**super().get_form_kwargs(), "earlier": earlier}

    def run_action(self, form: Any) -> str:
        answer_batch(self.row, form.answers(), by=self.request.user)
        return self.row.get_absolute_url()


class ConfirmBatch(BatchFormStep):
    """Confirm the preview; a worker enters the rows."""

    form_class = ConfirmForm
    title = _("Enter the rows")
    submit_label = _("Confirm and enter")
    success_message = _("Confirmed. The rows are being entered, all or none of them.")

    def run_action(self, form: Any) -> str:
        starts_on = form.cleaned_data.get("starts_on")
        confirm_batch(self.row, by=self.request.user, starts_on=starts_on)
        return self.row.get_absolute_url()


class DiscardBatch(BatchStep, ActionView[ImportBatch]):
    """Discard an upload."""

    success_message = _("The sheet was discarded and its file erased.")

    def run_action(self, obj: ImportBatch) -> None:
        discard_batch(obj, by=self.request.user)
