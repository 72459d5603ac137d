"""Pages of imports and jobs."""

from exchange.views.batches import (
    AnswerBatch,
    BatchList,
    BatchPage,
    BatchProgress,
    ConfirmBatch,
    DiscardBatch,
    UploadSheet,
)
from exchange.views.exports import ExportList
from exchange.views.files import FileDownload, RefusedRows
from exchange.views.jobs import JobFile, JobPage, JobProgress
from exchange.views.running import ConfirmToday, RunningPage

__all__ = [
    "AnswerBatch",
    "BatchList",
    "BatchPage",
    "BatchProgress",
    "ConfirmBatch",
    "ConfirmToday",
    "DiscardBatch",
    "ExportList",
    "FileDownload",
    "JobFile",
    "JobPage",
    "JobProgress",
    "RefusedRows",
    "RunningPage",
    "UploadSheet",
]
