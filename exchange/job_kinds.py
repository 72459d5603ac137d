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


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of background job.

    `run` does the work and reports its progress in percent. It must be idempotent:
    after a worker died in the middle it runs again.
    """

    key: str
    label: StrOrPromise
    run: Callable[["Job", Progress], JobResult]


job_kinds: Registry[JobKind] = Registry("Job kind")
