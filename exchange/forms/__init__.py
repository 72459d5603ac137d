"""Forms of imports and exports."""

from exchange.forms.answers import SEEN, AnswerForm
from exchange.forms.exports import ExportForm
from exchange.forms.imports import ConfirmForm, UploadForm

__all__ = ["SEEN", "AnswerForm", "ConfirmForm", "ExportForm", "UploadForm"]
