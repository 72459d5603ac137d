"""URLs of the exchange app."""

from django.urls import include, path

from exchange import views

app_name = "exchange"

# imports/<pk>/
batch_urls = [
    path("", views.BatchPage.as_view(), name="batch"),
    path("progress/", views.BatchProgress.as_view(), name="progress"),
    path("refused/", views.RefusedRows.as_view(), name="refused"),
    path("answer/", views.AnswerBatch.as_view(), name="answer"),
    path("confirm/", views.ConfirmBatch.as_view(), name="confirm"),
    path("discard/", views.DiscardBatch.as_view(), name="discard"),
]

# imports/jobs/<pk>/
job_urls = [
    path("", views.JobPage.as_view(), name="job"),
    path("progress/", views.JobProgress.as_view(), name="job_progress"),
    path("file/", views.JobFile.as_view(), name="job_file"),
]

# imports/
import_urls = [
    path("", views.BatchList.as_view(), name="list"),
    path("upload/", views.UploadSheet.as_view(), name="upload"),
    path("files/<int:pk>/", views.FileDownload.as_view(), name="file"),
    path("jobs/<int:pk>/", include(job_urls)),
    path("<int:pk>/", include(batch_urls)),
]

# running/
running_urls = [
    path("", views.RunningPage.as_view(), name="running"),
    path("day/<int:pk>/", views.ConfirmToday.as_view(), name="confirm_today"),
]

urlpatterns = [
    path("exports/", views.ExportList.as_view(), name="export"),
    path("imports/", include(import_urls)),
    path("running/", include(running_urls)),
]
