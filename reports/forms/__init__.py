"""Forms of returns, rounds, workbooks, superiors' forms and tasks from above."""

from reports.forms.burden import (
    FeedbackAnswerForm,
    FeedbackForm,
    FinishForm,
    RequestForm,
)
from reports.forms.periods import PeriodForm
from reports.forms.returns import (
    AcceptTogetherForm,
    CallForm,
    CommentAnswerForm,
    CommentForm,
    ExtensionForm,
    LineForm,
    MonthForm,
    NarrativeForm,
    ReturnAnswerForm,
    RoundForm,
)
from reports.forms.superior_forms import (
    FillForm,
    KeepFormForm,
    MapCellForm,
    ProposalsForm,
    ReplaceFormForm,
)

__all__ = [
    "AcceptTogetherForm",
    "CallForm",
    "CommentAnswerForm",
    "CommentForm",
    "ExtensionForm",
    "FeedbackAnswerForm",
    "FeedbackForm",
    "FillForm",
    "FinishForm",
    "KeepFormForm",
    "LineForm",
    "MapCellForm",
    "MonthForm",
    "NarrativeForm",
    "PeriodForm",
    "ProposalsForm",
    "ReplaceFormForm",
    "RequestForm",
    "ReturnAnswerForm",
    "RoundForm",
]
