"""Lists that leave as files: asked for, written, recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core.actions import action
from core.registries.search import address_holds_number, text_holds_number
from exchange.actions.files import store_file
from exchange.actions.jobs import queue_job
from exchange.errors import NumberInFilter
from exchange.models import Attachment, Job, ListExport
from exchange.personal_data import HIDDEN

WRITE_LIST = "exchange.write_list"
KEEP_DAYS = 7  # as long as uploaded sheets
MOST_BYTES = 1024**3  # a file of ours, not an upload: a million rows of a wide list


@dataclass(frozen=True, slots=True)
class TakenList:
    """What left: the list's model and title, what was asked for, how many rows.

    `columns` are the headings: readers choose columns, and some say more of people.
    """

    model: type[models.Model]
    title: str
    criteria: Mapping[str, str]
    columns: Sequence[str]
    kind: str
    rows: int
    sha256: str


def roles_held(user: User) -> list[int]:
    """Return the keys of the role assignments that a person has today."""
    return sorted(assignment.pk for assignment in user.role_assignments_today())


@action(label=_("List asked for as a file"))
def ask_for_list(address: str, kind: str, *, by: User) -> Job:
    """Have a worker write a list into a file for the person."""
    if address_holds_number(address):
        raise NumberInFilter
    export = ListExport.objects.create(
        owner=by,
        address=address,
        kind=kind,
        language=translation.get_language() or "",
        held=roles_held(by),
    )
    return queue_job(WRITE_LIST, owner=by, subject=export.pk)


@action(
    label=_("List exported"),
    former_name="accounts.record_log_export",
    discloses=True,
)
def record_list_export(taken: TakenList, *, by: User) -> None:
    """Record who took which list along, what was asked for, and how many rows."""
    _record(taken, by)


@action(label=_("List written into a file"), discloses=True)
def keep_written_list(file: File, taken: TakenList, *, by: User) -> Attachment:
    """Keep the file that a worker wrote, and record it like a list taken at once."""
    _record(taken, by)
    return store_file(
        file, organization=None, by=by, keep_days=KEEP_DAYS, limit=MOST_BYTES
    )


def _record(taken: TakenList, by: User) -> None:
    details = {
        "title": taken.title,
        "criteria": {
            label: HIDDEN if text_holds_number(value) else value
            for label, value in taken.criteria.items()
        },
        "columns": list(taken.columns),
        "kind": taken.kind,
        "rows": taken.rows,
        "sha256": taken.sha256,
    }
    record_access(taken.model, by=by, details=details)
