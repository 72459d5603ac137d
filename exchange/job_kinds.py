"""Kinds of background job: apps register them in `hooks.py`, workers run them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.registries.registry import Registry
from core.text import StrOrPromise

if TYPE_CHECKING:
    from exchange.models import Attachment, Job

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class JobResult:
    """The result of a job: a sentence for its owner, a file, a number of rows."""

    message: str = ""
    file: "Attachment | None" = None
    row_count: int | None = None


def may_sign_in(job: "Job") -> bool:
    """Whether the account of the job's owner is open; an operator has none."""
    return job.owner is None or job.owner.is_active


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of background job.

    `run` does the work and reports its progress in percent. It must be idempotent:
    after a worker died in the middle it runs again. `is_permitted` tells whether the
    owner still may have the result: asked when the work is done, and for each download.
    A kind that changes records asks inside the transaction that changes them; what was
    changed by then is said to be, whoever the owner is now.
    """

    key: str
    label: StrOrPromise
    run: Callable[["Job", Progress], JobResult]
    is_permitted: Callable[["Job"], bool] = may_sign_in


job_kinds: Registry[JobKind] = Registry("Job kind")
