"""URLs of the exchange app."""

from django.urls import URLPattern, URLResolver, include, path

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

# large-decisions/<pk>/
decision_urls = [
    path("", views.DecisionPage.as_view(), name="decision"),
    path("progress/", views.DecisionProgress.as_view(), name="decision_progress"),
    path("again/", views.LookAgain.as_view(), name="look_again"),
    path("carry-out/", views.ConfirmDecision.as_view(), name="confirm_decision"),
    path("drop/", views.DropDecision.as_view(), name="drop_decision"),
]

# running/
running_urls = [
    path("", views.RunningPage.as_view(), name="running"),
    path("day/<int:pk>/", views.ConfirmToday.as_view(), name="confirm_today"),
]

# documents/
document_urls = [
    path("", views.DocumentList.as_view(), name="documents"),
    path("powers/", views.PowerList.as_view(), name="powers"),
    path("powers/print/", views.PowersPaper.as_view(), name="powers_paper"),
    path("enter/", views.EnterDocument.as_view(), name="enter_document"),
    path("<int:pk>/", views.DocumentDetail.as_view(), name="document"),
    path("<int:pk>/file/", views.DocumentFile.as_view(), name="document_file"),
    path("<int:pk>/change/", views.ChangeDocument.as_view(), name="change_document"),
    path("<int:pk>/replace/", views.ReplaceDocument.as_view(), name="replace_document"),
    path("<int:pk>/void/", views.VoidDocument.as_view(), name="void_document"),
    path(
        "behind/<slug:key>/<int:pk>/link/",
        views.LinkDocument.as_view(),
        name="link_document",
    ),
    path(
        "behind/<slug:key>/links/<int:pk>/void/",
        views.VoidDocumentLink.as_view(),
        name="void_document_link",
    ),
]

# publications/<pk>/
publication_urls = [
    path("", views.PublicationDetail.as_view(), name="publication"),
    path("change/", views.ChangeDraft.as_view(), name="change_draft"),
    path("replace/", views.ReplacePublication.as_view(), name="replace_publication"),
    path("approve/", views.ApprovePublication.as_view(), name="approve_publication"),
    path("withdraw/", views.WithdrawPublication.as_view(), name="withdraw_publication"),
]

# publications/
publications_urls: list[URLPattern | URLResolver] = [
    path("", views.PublicationList.as_view(), name="publications"),
    path("draft/", views.DraftPublication.as_view(), name="draft_publication"),
    path("wall/<slug:code>/", views.WallPage.as_view(), name="wall"),
    path("<int:pk>/", include(publication_urls)),
]

# public/
public_urls = [
    path("", views.PublicPlaces.as_view(), name="public_places"),
    path("<slug:code>/", views.PublicPage.as_view(), name="public_page"),
]

# lists/
list_urls = [
    path("bulk/", views.ChooseBulk.as_view(), name="bulk"),
    path("bulk/<int:pk>/", views.BulkRunPage.as_view(), name="bulk_run"),
    path("bulk/<int:pk>/confirm/", views.ConfirmBulk.as_view(), name="confirm_bulk"),
    path("bulk/<int:pk>/again/", views.LookAtBulkAgain.as_view(), name="bulk_again"),
    path("columns/", views.ChooseColumns.as_view(), name="choose_columns"),
    path("saved/", views.SavedViewList.as_view(), name="saved_views"),
    path("saved/enter/", views.SaveView.as_view(), name="save_view"),
    path("saved/<int:pk>/change/", views.ChangeSavedView.as_view(), name="change_view"),
    path("saved/<int:pk>/delete/", views.DeleteSavedView.as_view(), name="delete_view"),
]

urlpatterns = [
    path("documents/", include(document_urls)),
    path("publications/", include(publications_urls)),
    path("public/", include(public_urls)),
    path("exports/", views.ExportList.as_view(), name="export"),
    path("imports/", include(import_urls)),
    path("lists/", include(list_urls)),
    path("large-decisions/<int:pk>/", include(decision_urls)),
    path("running/", include(running_urls)),
]
