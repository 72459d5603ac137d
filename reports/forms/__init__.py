"""Forms of returns, rounds, workbooks and superiors' forms."""

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
    "FillForm",
    "KeepFormForm",
    "LineForm",
    "MapCellForm",
    "MonthForm",
    "NarrativeForm",
    "PeriodForm",
    "ProposalsForm",
    "ReplaceFormForm",
    "ReturnAnswerForm",
    "RoundForm",
]
