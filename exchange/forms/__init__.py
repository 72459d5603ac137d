"""Forms of imports, exports, documents and publications."""

from exchange.forms.answers import SEEN, AnswerForm
from exchange.forms.documents import (
    ApprovalForm,
    ChooseDocumentForm,
    DocumentForm,
    PublicationForm,
)
from exchange.forms.exports import ExportForm
from exchange.forms.imports import ConfirmForm, UploadForm

__all__ = [
    "SEEN",
    "AnswerForm",
    "ApprovalForm",
    "ChooseDocumentForm",
    "ConfirmForm",
    "DocumentForm",
    "ExportForm",
    "PublicationForm",
    "UploadForm",
]
