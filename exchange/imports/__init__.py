"""Importing a sheet, step by step down the files: upload, plan, preview, commit."""

from exchange.imports.commit import commit_batch, import_now
from exchange.imports.preview import confirm_batch, discard_batch, plan_batch
from exchange.imports.upload import upload_batch

__all__ = [
    "commit_batch",
    "confirm_batch",
    "discard_batch",
    "import_now",
    "plan_batch",
    "upload_batch",
]
