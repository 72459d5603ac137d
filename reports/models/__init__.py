"""Rows of figures, forms, rounds, returns and published months."""

from reports.models.calls import ReturnCall
from reports.models.comments import ReturnComment
from reports.models.extensions import DeadlineExtension
from reports.models.feedback import Feedback
from reports.models.filled_forms import FilledForm
from reports.models.forms import ReturnForm, ReturnFormLine
from reports.models.published import PublishedMonth
from reports.models.requests import SuperiorRequest
from reports.models.returns import MonthlyReturn, ReturnLine
from reports.models.rounds import ReturnRound
from reports.models.submissions import ReturnSubmission
from reports.models.superior_forms import MappedCell, SuperiorForm

__all__ = [
    "DeadlineExtension",
    "Feedback",
    "FilledForm",
    "MappedCell",
    "MonthlyReturn",
    "PublishedMonth",
    "ReturnCall",
    "ReturnComment",
    "ReturnForm",
    "ReturnFormLine",
    "ReturnLine",
    "ReturnRound",
    "ReturnSubmission",
    "SuperiorForm",
    "SuperiorRequest",
]
