"""URLs of the reports app."""

from django.urls import include, path

from reports import views

app_name = "reports"

# returns/<pk>/
return_urls = [
    path("", views.ReturnPage.as_view(), name="return"),
    path("narrative/", views.WriteNarrative.as_view(), name="narrative"),
    path("lines/<int:line>/", views.ReportLine.as_view(), name="line"),
    path("lines/<int:line>/comment/", views.CommentOnNumber.as_view(), name="comment"),
    path("answer/", views.AnswerStreet.as_view(), name="answer"),
    path("submit/", views.SubmitReturn.as_view(), name="submit"),
    path("withdraw/", views.WithdrawReturn.as_view(), name="withdraw"),
    path("return/", views.SendBack.as_view(), name="send_back"),
    path("call/", views.RecordCall.as_view(), name="record_call"),
    path("extend/", views.ExtendDeadline.as_view(), name="extend"),
    path("accept/", views.AcceptReturn.as_view(), name="accept"),
    path("paper/", views.ReturnPaper.as_view(), name="paper"),
    path("adjustment/", views.AdjustmentRows.as_view(), name="adjustment"),
    path("workbook/", views.ReturnWorkbook.as_view(), name="workbook"),
    path("published/", views.PublishedBytes.as_view(), name="published"),
]

# returns/comments/<pk>/
comment_urls = [
    path("answer/", views.AnswerComment.as_view(), name="answer_comment"),
    path("settle/", views.SettleComment.as_view(), name="settle_comment"),
]

# returns/rounds/
round_urls = [
    path("open/", views.OpenRound.as_view(), name="open_round"),
    path("<int:pk>/", views.RoundPage.as_view(), name="round"),
    path("<int:pk>/accept/", views.AcceptTogether.as_view(), name="accept_together"),
    path("<int:pk>/calls/", views.CallList.as_view(), name="calls"),
    path("<int:pk>/calls/paper/", views.CallPaper.as_view(), name="call_paper"),
    path("<int:pk>/remind/", views.Remind.as_view(), name="remind"),
]

# superior-forms/<pk>/
cell = "cells/<int:sheet>-<int:row>-<int:column>/"
form_urls = [
    path("", views.SuperiorFormPage.as_view(), name="superior_form"),
    path("proposals/", views.Proposals.as_view(), name="proposals"),
    path("replace/", views.ReplaceForm.as_view(), name="replace_form"),
    path("void/", views.VoidForm.as_view(), name="void_form"),
    path("fill/", views.FillSuperiorForm.as_view(), name="fill_form"),
    path(cell, views.MapCell.as_view(), name="map_cell"),
    path(f"{cell}clear/", views.ClearCell.as_view(), name="clear_cell"),
]

# tasks/
request_urls = [
    path("", views.RequestList.as_view(), name="requests"),
    path("record/", views.RecordRequest.as_view(), name="record_request"),
    path("<int:pk>/", views.RequestDetail.as_view(), name="request"),
    path("<int:pk>/done/", views.FinishRequest.as_view(), name="finish_request"),
    path("<int:pk>/reopen/", views.ReopenRequest.as_view(), name="reopen_request"),
    path("<int:pk>/void/", views.VoidRequest.as_view(), name="void_request"),
]

# feedback/
feedback_urls = [
    path("", views.FeedbackList.as_view(), name="feedback"),
    path("write/", views.WriteFeedback.as_view(), name="write_feedback"),
    path("<int:pk>/", views.FeedbackDetail.as_view(), name="feedback_of"),
    path("<int:pk>/answer/", views.AnswerFeedback.as_view(), name="answer_feedback"),
]

urlpatterns = [
    path("tasks/", include(request_urls)),
    path("feedback/", include(feedback_urls)),
    path("burden/", views.OwnBurden.as_view(), name="burden"),
    path("burden/<int:pk>/", views.BurdenPage.as_view(), name="burden_of"),
    path("returns/", views.ReturnList.as_view(), name="returns"),
    path("returns/rounds/", include(round_urls)),
    path(
        "returns/extensions/<int:pk>/void/",
        views.VoidExtension.as_view(),
        name="void_extension",
    ),
    path("returns/comments/<int:pk>/", include(comment_urls)),
    path("returns/<int:pk>/", include(return_urls)),
    path("dashboard/", views.OwnDashboard.as_view(), name="dashboard"),
    path("dashboard/<int:pk>/", views.Dashboard.as_view(), name="dashboard_of"),
    path(
        "dashboard/<int:pk>/changes/<month:month>/",
        views.ChangesPage.as_view(),
        name="changes",
    ),
    path(
        "dashboard/<int:pk>/questions/<month:month>/",
        views.QuestionsPage.as_view(),
        name="questions",
    ),
    path("coverage/", views.OwnCoverage.as_view(), name="coverage"),
    path("coverage/<int:pk>/", views.CoveragePage.as_view(), name="coverage_of"),
    path("coverage/<int:pk>/<slug:key>/", views.LackingRows.as_view(), name="lacking"),
    path("superior-forms/", views.SuperiorForms.as_view(), name="superior_forms"),
    path("superior-forms/upload/", views.KeepForm.as_view(), name="keep_form"),
    path(
        "superior-forms/filled/<int:pk>/",
        views.FilledFormPage.as_view(),
        name="filled_form",
    ),
    path("superior-forms/<int:pk>/", include(form_urls)),
    path("summaries/", views.Summaries.as_view(), name="summaries"),
    path("summaries/periods/", views.AskForWorkbook.as_view(), name="periods"),
    path(
        "summaries/<int:pk>/<month:month>/",
        views.DownloadSummary.as_view(),
        name="summary",
    ),
]
