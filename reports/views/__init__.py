"""Views of returns, rounds, the dashboard and summaries."""

from reports.views.adjustment import AdjustmentRows
from reports.views.burden import BurdenPage, OwnBurden
from reports.views.calls import CallList, CallPaper, RecordCall
from reports.views.changes import ChangesPage
from reports.views.comments import AnswerComment, CommentOnNumber, SettleComment
from reports.views.coverage import CoveragePage, LackingRows, OwnCoverage
from reports.views.dashboard import Dashboard, OwnDashboard
from reports.views.editing import AnswerStreet, ReportLine, WriteNarrative
from reports.views.extensions import ExtendDeadline, VoidExtension
from reports.views.feedback import (
    AnswerFeedback,
    FeedbackDetail,
    FeedbackList,
    WriteFeedback,
)
from reports.views.filled_forms import FilledFormPage, FillSuperiorForm
from reports.views.form_cells import ClearCell, MapCell
from reports.views.periods import AskForWorkbook
from reports.views.questions import QuestionsPage
from reports.views.requests import (
    FinishRequest,
    RecordRequest,
    ReopenRequest,
    RequestDetail,
    RequestList,
    VoidRequest,
)
from reports.views.returns import (
    PublishedBytes,
    ReturnList,
    ReturnPage,
    ReturnPaper,
    ReturnWorkbook,
)
from reports.views.review import AcceptReturn, SendBack
from reports.views.rounds import AcceptTogether, OpenRound, Remind, RoundPage
from reports.views.submitting import SubmitReturn, WithdrawReturn
from reports.views.summaries import DownloadSummary, Summaries
from reports.views.superior_forms import (
    KeepForm,
    Proposals,
    ReplaceForm,
    SuperiorFormPage,
    SuperiorForms,
    VoidForm,
)

__all__ = [
    "AcceptReturn",
    "AcceptTogether",
    "AdjustmentRows",
    "AnswerComment",
    "AnswerFeedback",
    "AnswerStreet",
    "AskForWorkbook",
    "BurdenPage",
    "CallList",
    "CallPaper",
    "ChangesPage",
    "ClearCell",
    "CommentOnNumber",
    "CoveragePage",
    "Dashboard",
    "DownloadSummary",
    "ExtendDeadline",
    "FeedbackDetail",
    "FeedbackList",
    "FillSuperiorForm",
    "FilledFormPage",
    "FinishRequest",
    "KeepForm",
    "LackingRows",
    "MapCell",
    "OpenRound",
    "OwnBurden",
    "OwnCoverage",
    "OwnDashboard",
    "Proposals",
    "PublishedBytes",
    "QuestionsPage",
    "RecordCall",
    "RecordRequest",
    "Remind",
    "ReopenRequest",
    "ReplaceForm",
    "ReportLine",
    "RequestDetail",
    "RequestList",
    "ReturnList",
    "ReturnPage",
    "ReturnPaper",
    "ReturnWorkbook",
    "RoundPage",
    "SendBack",
    "SettleComment",
    "SubmitReturn",
    "Summaries",
    "SuperiorFormPage",
    "SuperiorForms",
    "VoidExtension",
    "VoidForm",
    "VoidRequest",
    "WithdrawReturn",
    "WriteFeedback",
    "WriteNarrative",
]
