"""Pages of imports, jobs, documents and publications."""

from exchange.views.batches import (
    AnswerBatch,
    BatchList,
    BatchPage,
    BatchProgress,
    ConfirmBatch,
    DiscardBatch,
    UploadSheet,
)
from exchange.views.bulk import BulkRunPage, ChooseBulk, ConfirmBulk, LookAtBulkAgain
from exchange.views.document_links import LinkDocument, VoidDocumentLink
from exchange.views.documents import (
    ChangeDocument,
    DocumentDetail,
    DocumentFile,
    DocumentList,
    EnterDocument,
    ReplaceDocument,
    VoidDocument,
)
from exchange.views.drafts import (
    ApprovePublication,
    ChangeDraft,
    DraftPublication,
    ReplacePublication,
    WithdrawPublication,
)
from exchange.views.exports import ExportList
from exchange.views.files import FileDownload, RefusedRows
from exchange.views.jobs import JobFile, JobPage, JobProgress
from exchange.views.ordered_decisions import (
    ConfirmDecision,
    DecisionPage,
    DecisionProgress,
    DropDecision,
    LookAgain,
)
from exchange.views.powers import PowerList, PowersPaper
from exchange.views.public import PublicPage, PublicPlaces, WallPage
from exchange.views.publications import PublicationDetail, PublicationList
from exchange.views.running import ConfirmToday, RunningPage
from exchange.views.saved_views import (
    ChangeSavedView,
    ChooseColumns,
    DeleteSavedView,
    SavedViewList,
    SaveView,
)

__all__ = [
    "AnswerBatch",
    "ApprovePublication",
    "BatchList",
    "BatchPage",
    "BatchProgress",
    "BulkRunPage",
    "ChangeDocument",
    "ChangeDraft",
    "ChangeSavedView",
    "ChooseBulk",
    "ChooseColumns",
    "ConfirmBatch",
    "ConfirmBulk",
    "ConfirmDecision",
    "ConfirmToday",
    "DecisionPage",
    "DecisionProgress",
    "DeleteSavedView",
    "DiscardBatch",
    "DocumentDetail",
    "DocumentFile",
    "DocumentList",
    "DraftPublication",
    "DropDecision",
    "EnterDocument",
    "ExportList",
    "FileDownload",
    "JobFile",
    "JobPage",
    "JobProgress",
    "LinkDocument",
    "LookAgain",
    "LookAtBulkAgain",
    "PowerList",
    "PowersPaper",
    "PublicPage",
    "PublicPlaces",
    "PublicationDetail",
    "PublicationList",
    "RefusedRows",
    "ReplaceDocument",
    "ReplacePublication",
    "RunningPage",
    "SaveView",
    "SavedViewList",
    "UploadSheet",
    "VoidDocument",
    "VoidDocumentLink",
    "WallPage",
    "WithdrawPublication",
]
