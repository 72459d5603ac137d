"""Bringing sheets in: upload, preview, confirm; and looking after long work."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView
from django_tables2 import SingleTableMixin

from accounts.actions import note_access
from core.forms import new_key
from core.views import DeedFormView, DeedView, ListPage, OverRow, RowFormView
from exchange import permissions
from exchange.actions import confirm_batch, discard_batch, upload_batch
from exchange.enums import RowVerdict
from exchange.filters import BatchFilter
from exchange.forms import ConfirmForm, UploadForm
from exchange.models import Attachment, ImportBatch, Job
from exchange.tables import BatchTable, RowTable


class BatchList(ListPage):
    """Sheets brought in where the reader keeps records."""

    model = ImportBatch
    table_class = BatchTable
    filterset_class = BatchFilter
    title = _("Imports")
    empty_text = _("No sheet has been brought in yet.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not permissions.can_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.select_related("file", "organization", "uploaded_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload = {
            "label": _("Bring a sheet in"),
            "url": reverse("exchange:upload"),
            "icon": "upload",
            "primary": True,
        }
        return super().get_context_data(
            page_actions=[upload], empty_action=upload, **kwargs
        )


class UploadSheet(DeedFormView):
    """Hand a sheet in; it is read by a worker, and nothing is written yet."""

    form_class = UploadForm
    title = _("Bring a sheet in")
    submit_label = _("Read the sheet")
    success_message = _("The sheet was taken in and is being read.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not permissions.can_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("exchange:list"), **kwargs)

    def act(self, form: Any) -> str:
        batch = upload_batch(
            form.cleaned_data["file"],
            kind=form.cleaned_data["kind"],
            organization=form.cleaned_data["organization"],
            by=self.request.user,
        )
        return batch.get_absolute_url()


class BatchPage(SingleTableMixin, DetailView):
    """The preview of a sheet: what would come of each row, and the way on."""

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
        return rows.filter(verdict=verdict) if verdict in RowVerdict.values else rows

    def get_table_kwargs(self) -> dict[str, Any]:
        hidden = () if len(self.object.sheets) > 1 else ("sheet",)
        return {"flag_words": self.object.flag_words, "exclude": hidden}

    def page_actions(self) -> list[dict[str, Any]]:
        """Return the ways on from the page."""
        kept = self.object.file
        if kept.erased_at is not None:
            return []
        url = reverse("exchange:file", args=[kept.pk])
        return [{"label": _("The file as uploaded"), "url": url, "icon": "download"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, user = self.object, self.request.user
        confirm = permissions.can_confirm(user, batch) and batch.would_write
        return super().get_context_data(
            title=batch.file.original_name,
            lead=f"{batch.kind_label} · {batch.organization}",
            tallies=batch.tallies,
            verdict=self.request.GET.get("verdict", ""),
            confirm_form=ConfirmForm() if confirm else None,
            discard_key=new_key(),
            can_discard=permissions.can_discard(user, batch),
            page_actions=self.page_actions(),
            progress_url=reverse("exchange:progress", args=[batch.pk]),
            **kwargs,
        )


def asked_by_page(request: HttpRequest) -> bool:
    """Whether a page of ours asks for a fragment of itself; alone it is no page."""
    return bool(getattr(request, "htmx", False))


class BatchProgress(OverRow[ImportBatch]):
    """How far the work has come; once it is over the page is fetched anew."""

    model = ImportBatch

    def allowed(self, obj: ImportBatch) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the fragment, or tell the page to come again as a whole."""
        batch = self.found()
        if not asked_by_page(request):
            return redirect(batch)
        if not batch.is_at_work:
            return HttpResponse(headers={"HX-Refresh": "true"})
        url = reverse("exchange:progress", args=[batch.pk])
        context = {"job": batch.job, "progress_url": url}
        return render(request, "core/_progress.html", context)


class ConfirmBatch(RowFormView[ImportBatch]):
    """Agree to the preview; a worker enters the rows."""

    model = ImportBatch
    form_class = ConfirmForm
    template_name = "core/confirm_deed.html"
    title = _("Enter the rows")
    submit_label = _("Confirm and enter")
    success_message = _("Confirmed. The rows are being entered, all or none of them.")

    def allowed(self, obj: ImportBatch) -> bool:
        return True

    def act(self, form: Any) -> str:
        starts_on = form.cleaned_data["starts_on"]
        confirm_batch(self.row, by=self.request.user, starts_on=starts_on)
        return self.row.get_absolute_url()


class DiscardBatch(DeedView[ImportBatch]):
    """Let an upload be."""

    model = ImportBatch
    success_message = _("The sheet was discarded and its file erased.")

    def allowed(self, obj: ImportBatch) -> bool:
        return True

    def act(self, obj: ImportBatch) -> None:
        discard_batch(obj, by=self.request.user)


class FileDownload(OverRow[Attachment]):
    """A kept file as a download, and a note of who took it."""

    model = Attachment

    def allowed(self, obj: Attachment) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Hand the file out."""
        return handed_out(self.found(), request)


def handed_out(kept: Attachment | None, request: HttpRequest) -> FileResponse:
    """Hand the bytes out, never to be shown inside a page, and note who took them."""
    if kept is None or kept.erased_at is not None or not kept.path.exists():
        raise Http404
    note_access(
        "exchange.download_file",
        kept,
        by=request.user,  # type: ignore[arg-type] # LoginRequiredMiddleware let it in
        organization_id=kept.organization_id,
        details={"sha256": kept.sha256},
    )
    return as_download(kept)


def as_download(kept: Attachment) -> FileResponse:
    """Return the bytes as an attachment that no browser guesses about or keeps."""
    return FileResponse(
        kept.path.open("rb"),
        as_attachment=True,
        filename=kept.original_name,
        content_type=kept.content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


class JobPage(DetailView):
    """One's own piece of long work."""

    template_name = "exchange/job_page.html"
    context_object_name = "job"

    def get_queryset(self) -> Any:
        return Job.objects.visible_to(self.request.user).select_related("file")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.object.label, **progress_of(self.object), **kwargs
        )


class JobProgress(JobPage):
    """How far it has come, as a fragment."""

    template_name = "core/_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not asked_by_page(request):
            return redirect(self.get_object())
        return super().get(request, *args, **kwargs)


def progress_of(job: Job) -> dict[str, Any]:
    """Return the addresses that a job's fragment needs."""
    file_url = reverse("exchange:job_file", args=[job.pk])
    return {
        "progress_url": reverse("exchange:job_progress", args=[job.pk]),
        "download_url": file_url if job.file is not None else "",
    }


class JobFile(OverRow[Job]):
    """The file that one's own work came to."""

    model = Job

    def allowed(self, obj: Job) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Hand the file out."""
        return handed_out(self.found().file, request)
