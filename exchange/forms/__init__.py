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
from exchange.forms.saved_views import ChangeViewForm, SaveViewForm

__all__ = [
    "SEEN",
    "AnswerForm",
    "ApprovalForm",
    "ChangeViewForm",
    "ChooseDocumentForm",
    "ConfirmForm",
    "DocumentForm",
    "ExportForm",
    "PublicationForm",
    "SaveViewForm",
    "UploadForm",
]
