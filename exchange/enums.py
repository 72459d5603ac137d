"""Closed lists of imports and jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BatchState(TextChoices):
    """The state of an import."""

    UPLOADED = "uploaded", _("Waiting to be read")
    PLANNED = "planned", _("Read, waiting for your confirmation")
    NOTHING = "nothing", _("Read, nothing to enter")
    CONFIRMED = "confirmed", _("Confirmed, being entered")
    COMMITTED = "committed", _("Entered")
    REFUSED = "refused", _("Refused")
    DISCARDED = "discarded", _("Discarded")


class Verdict(TextChoices):
    """The outcome of one row; kinds plan the first four, `sheets` ignores rows."""

    CREATE = "create", _("Will be created")
    UPDATE = "update", _("Will be changed")
    UNCHANGED = "unchanged", _("Already recorded, left alone")
    REFUSE = "refuse", _("Refused")
    IGNORE = "ignore", _("Not a row of data")


DONE_WORDS = {
    Verdict.CREATE.value: _("Was created"),
    Verdict.UPDATE.value: _("Was changed"),
    Verdict.REFUSE.value: _("Was not taken"),
}


class ExportKind(TextChoices):
    """The kinds of file in which a list leaves; see `core.web.exports.KINDS`."""

    XLSX = "xlsx", _("Excel")
    CSV = "csv", _("CSV")


class JobState(TextChoices):
    """The state of a job."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Stopped")


class BulkState(TextChoices):
    """How far an action on many rows is."""

    ASKED = "asked", _("Being looked through")
    READY = "ready", _("To be confirmed")
    CONFIRMED = "confirmed", _("Being done")
    DONE = "done", _("Dealt with")
    EXPIRED = "expired", _("Not confirmed in time")


class PublicationKind(TextChoices):
    """What is published."""

    RULE = "rule", _("Rules")
    NOTICE = "notice", _("Notice")
    DISCLOSURE = "disclosure", _("Disclosure")


class PublicationState(TextChoices):
    """How far a publication is."""

    DRAFT = "draft", _("Waiting for approval")
    APPROVED = "approved", _("Approved, not shown yet")
    SHOWN = "shown", _("Shown")
    OVER = "over", _("No longer shown")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SETTLED_UNENTERED = (BatchState.NOTHING, BatchState.REFUSED)
ANSWERABLE = (BatchState.PLANNED, *SETTLED_UNENTERED)
WAITING = (BatchState.UPLOADED, BatchState.PLANNED)
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


DELEGATION = "delegation"
"""The code of the kind of documents by which powers are passed down."""
