"""Import a sheet in five steps: upload, plan, preview, decisions, commit.

Each is a module that imports only the steps before it and the shared `batches`.
"""

from exchange.imports.commit import commit_batch, import_now
from exchange.imports.decisions import answer_batch, confirm_batch, discard_batch
from exchange.imports.earlier_answers import find_earlier_answers
from exchange.imports.preview import plan_batch
from exchange.imports.upload import upload_batch

__all__ = [
    "answer_batch",
    "commit_batch",
    "confirm_batch",
    "discard_batch",
    "find_earlier_answers",
    "import_now",
    "plan_batch",
    "upload_batch",
]
