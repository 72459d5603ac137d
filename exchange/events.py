"""Events of this app that have handlers after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobQueued:
    """A job waits for a worker."""

    job_id: int


@dataclass(frozen=True, slots=True)
class ImportDiscarded:
    """An import was discarded; its file is to be erased."""

    attachment_id: int
