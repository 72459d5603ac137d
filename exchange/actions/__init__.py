"""Actions on files and jobs."""

from exchange.actions.backups import record_backup, record_reported_backups
from exchange.actions.bulk import (
    DO_BULK,
    TRY_BULK,
    ask_bulk,
    confirm_bulk,
    do_bulk,
    look_at_bulk_again,
    show_anew,
    try_bulk,
)
from exchange.actions.chores import (
    confirm_today,
    refuse_clock_in_doubt,
    run_chore,
)
from exchange.actions.document_links import link_document, void_link
from exchange.actions.documents import (
    change_document,
    enter_document,
    replace_document,
    void_document,
)
from exchange.actions.exports import (
    ask_for_list,
    keep_written_list,
    record_list_export,
)
from exchange.actions.files import (
    erase_expired_files,
    erase_file,
    record_download,
    record_refused_rows_download,
    store_file,
)
from exchange.actions.forgetting import (
    forget_bulk_runs,
    forget_list_filters,
    forget_shown_decisions,
)
from exchange.actions.jobs import (
    WorkerStopped,
    queue_job,
    run_job,
    run_next_job,
    sweep_jobs,
)
from exchange.actions.ordered_decisions import (
    carry_out,
    confirm_decision,
    drop_decision,
    look_again,
    order_decision,
    work_out,
)
from exchange.actions.publications import (
    approve_publication,
    change_draft,
    draft_publication,
    public_words,
    withdraw_publication,
)
from exchange.actions.saved_views import (
    change_view,
    delete_view,
    keep_columns,
    save_view,
)

__all__ = [
    "DO_BULK",
    "TRY_BULK",
    "WorkerStopped",
    "approve_publication",
    "ask_bulk",
    "ask_for_list",
    "carry_out",
    "change_document",
    "change_draft",
    "change_view",
    "confirm_bulk",
    "confirm_decision",
    "confirm_today",
    "delete_view",
    "do_bulk",
    "draft_publication",
    "drop_decision",
    "enter_document",
    "erase_expired_files",
    "erase_file",
    "forget_bulk_runs",
    "forget_list_filters",
    "forget_shown_decisions",
    "keep_columns",
    "keep_written_list",
    "link_document",
    "look_again",
    "look_at_bulk_again",
    "order_decision",
    "public_words",
    "queue_job",
    "record_backup",
    "record_download",
    "record_list_export",
    "record_refused_rows_download",
    "record_reported_backups",
    "refuse_clock_in_doubt",
    "replace_document",
    "run_chore",
    "run_job",
    "run_next_job",
    "save_view",
    "show_anew",
    "store_file",
    "sweep_jobs",
    "try_bulk",
    "void_document",
    "void_link",
    "withdraw_publication",
    "work_out",
]
