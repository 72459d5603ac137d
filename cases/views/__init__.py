"""Pages of cases."""

from cases.views.pages import CaseDetail, CaseList, CasePaper
from cases.views.steps import (
    AnswerCase,
    HandOverCase,
    OpenCase,
    RecordStep,
    TakeCase,
    VoidCase,
)

__all__ = [
    "AnswerCase",
    "CaseDetail",
    "CaseList",
    "CasePaper",
    "HandOverCase",
    "OpenCase",
    "RecordStep",
    "TakeCase",
    "VoidCase",
]
