"""Actions on rounds, returns and summaries."""

from reports.actions.calls import record_call
from reports.actions.comments import (
    answer_comment,
    comment_on_number,
    settle_comment,
)
from reports.actions.downloads import (
    record_return_download,
    record_summary_download,
)
from reports.actions.editing import (
    LineEntry,
    answer_street,
    report_line,
    report_lines,
    write_narrative,
)
from reports.actions.extensions import (
    extend_deadline,
    latest_extension,
    void_extension,
)
from reports.actions.feedback import answer_feedback, write_feedback
from reports.actions.filled_forms import (
    FILL_FORM,
    ask_for_filled_form,
    keep_filled_form,
)
from reports.actions.period_workbooks import (
    WRITE_WORKBOOK,
    ask_for_workbook,
    keep_written_workbook,
)
from reports.actions.requests import (
    finish_request,
    record_request,
    reopen_request,
    void_request,
)
from reports.actions.review import (
    AcceptedTogether,
    accept_return,
    accept_returns,
    return_for_correction,
)
from reports.actions.rounds import open_current_rounds, open_round, remind
from reports.actions.submitting import submit_return, withdraw_return
from reports.actions.superior_forms import (
    clear_cell,
    keep_form,
    map_cell,
    map_cells,
    replace_form,
    void_form,
)

__all__ = [
    "FILL_FORM",
    "WRITE_WORKBOOK",
    "AcceptedTogether",
    "LineEntry",
    "accept_return",
    "accept_returns",
    "answer_comment",
    "answer_feedback",
    "answer_street",
    "ask_for_filled_form",
    "ask_for_workbook",
    "clear_cell",
    "comment_on_number",
    "extend_deadline",
    "finish_request",
    "keep_filled_form",
    "keep_form",
    "keep_written_workbook",
    "latest_extension",
    "map_cell",
    "map_cells",
    "open_current_rounds",
    "open_round",
    "record_call",
    "record_request",
    "record_return_download",
    "record_summary_download",
    "remind",
    "reopen_request",
    "replace_form",
    "report_line",
    "report_lines",
    "return_for_correction",
    "settle_comment",
    "submit_return",
    "void_extension",
    "void_form",
    "void_request",
    "withdraw_return",
    "write_feedback",
    "write_narrative",
]
