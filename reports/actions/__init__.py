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
from reports.actions.review import (
    AcceptedTogether,
    accept_return,
    accept_returns,
    return_for_correction,
)
from reports.actions.rounds import open_current_rounds, open_round, remind
from reports.actions.submitting import submit_return, withdraw_return

__all__ = [
    "AcceptedTogether",
    "LineEntry",
    "accept_return",
    "accept_returns",
    "answer_comment",
    "answer_street",
    "comment_on_number",
    "extend_deadline",
    "latest_extension",
    "open_current_rounds",
    "open_round",
    "record_call",
    "record_return_download",
    "record_summary_download",
    "remind",
    "report_line",
    "report_lines",
    "return_for_correction",
    "settle_comment",
    "submit_return",
    "void_extension",
    "withdraw_return",
    "write_narrative",
]
