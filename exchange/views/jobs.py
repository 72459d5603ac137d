"""Pages of one's own jobs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import DetailView

from core.web.views import PermittedObjectMixin
from exchange.job_kinds import job_kinds
from exchange.models import Job
from exchange.views.files import serve_file


def is_fragment_request(request: HttpRequest) -> bool:
    """Whether a page of ours requests a fragment of itself."""
    return bool(getattr(request, "htmx", False))


class JobPage(DetailView):
    """One's own job."""

    template_name = "exchange/job_page.html"
    context_object_name = "job"

    def get_queryset(self) -> Any:
        return Job.objects.visible_to(self.request.user).select_related("file")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.object.label, **progress_of(self.object), **kwargs
        )


class JobProgress(JobPage):
    """The job's progress, as a fragment."""

    template_name = "core/_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fragment_request(request):
            return redirect(self.get_object())
        return super().get(request, *args, **kwargs)


def progress_of(job: Job) -> dict[str, Any]:
    """Return the addresses that a job's fragment needs."""
    file_url = reverse("exchange:job_file", args=[job.pk])
    return {
        "progress_url": reverse("exchange:job_progress", args=[job.pk]),
        "download_url": file_url if job.file is not None else "",
    }


class JobFile(PermittedObjectMixin[Job]):
    """The file that one's own job produced."""

    model = Job

    def has_permission(self, obj: Job) -> bool:
        return job_kinds.get(obj.kind).is_permitted(obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file."""
        return serve_file(self.get_permitted_object().file, request)
