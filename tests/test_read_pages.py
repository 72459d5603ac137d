"""What a deciding page shows is what its token covers, also of other rows.

For every form that applies to what its page showed, the rows are recorded that the page
loads. Each kind of them that is not named below is changed behind the page, column by
column: where the page says something else then, or where nothing about the row is in
the token at all, the form must be refused, and nothing may be written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.http import Http404
from django.urls import reverse

from core.web.read_first import ReadFirstView
from tests.html import read
from tests.test_access_matrix import ACCESS, signed_in
from tests.test_every_write import first_who_may, reason_for
from tests.test_read_first import FROZEN, decided, other_values, views_over_rows

READER = "who reads, and what they may do"
NAMED = "a list of the office: what is decided is kept with its key, not its words"
PLACE = "where the record lies; a decision of its own, which has its own preview"
RULE = "a number of the rules, which the write asks again"
# Kinds of rows that a page loads and its token need not cover.
BESIDE_THE_MATTER = {
    "accounts.User": READER,
    "accounts.RoleAssignment": READER,
    "accounts.Notice": READER,
    "sessions.Session": READER,
    "cases.CaseKind": NAMED,
    "communities.BodyKind": NAMED,
    "communities.SeatKind": NAMED,
    "reports.ReturnForm": NAMED,
    "reports.ReturnFormLine": NAMED,
    "organizations.Organization": PLACE,
    "organizations.OrganizationVersion": PLACE,
    "organizations.Threshold": RULE,
}
# Kinds of rows that need be in the token only as far as the page shows something of
# them: the record is decided about, not what it belongs to or whom it names.
ONLY_IF_SHOWN = {
    "communities.Body",
    "members.Member",
    "organizations.Unit",
    "reports.ReturnRound",
}
COMPARED = "compared by the form itself, which says who recorded what meanwhile"
CHOSEN = "a choice by its key; the preview that comes next shows it, and covers it"
OTHERWISE = {
    ("members:void", "members.Affiliation"): COMPARED,
    ("organizations:split", "members.Affiliation"): CHOSEN,
    ("organizations:split", "members.Member"): CHOSEN,
}


def forms_with_pages() -> list[str]:
    """The addresses of the forms that apply to what their own page showed."""
    views = views_over_rows().items()
    return sorted(name for name, view in views if issubclass(view, ReadFirstView))


@pytest.mark.parametrize("name", forms_with_pages())
def test_a_form_covers_what_its_page_shows_of_other_rows(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    client = signed_in(world.people[first_who_may(access)])
    with loading() as rows:
        opened = client.get(address)
    if opened.status_code == HTTPStatus.FOUND or opened.context.get("impossible"):
        return  # nobody can send it: the page says why
    offered = [one for one in read(opened).posting() if one.action == address]
    if not offered:
        return
    ticks = access.data(world) if access.method == "post" else {}
    sent = {**ticks, **offered[0].sent(**reason_for(offered[0]))}
    view = opened.context["view"]
    token = view.read_token(view.get_object())
    page = Opened(name, client, view, sent, text_of(opened), token)

    wrong = [
        fault
        for row in one_of_each(rows)
        if row._meta.label not in BESIDE_THE_MATTER
        and (name, row._meta.label) not in OTHERWISE
        for fault in faults_of(page, row)
    ]

    assert wrong == []


@contextmanager
def loading() -> Iterator[list[models.Model]]:
    """The rows that are loaded from the database within it."""
    rows: list[models.Model] = []
    build = models.Model.from_db.__func__

    def from_db(cls, *columns):
        row = build(cls, *columns)
        rows.append(row)
        return row

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(models.Model, "from_db", classmethod(from_db))
        yield rows


def one_of_each(rows) -> list[models.Model]:
    """A row of each kind, read whole."""
    kinds = {type(row): row.pk for row in reversed(rows)}
    found = (kind._base_manager.filter(pk=pk).first() for kind, pk in kinds.items())
    return [row for row in found if row is not None]


def faults_of(page, row) -> Iterator[str]:
    """What of a row the page shows, or decides about, and its token leaves out."""
    label, columns = row._meta.label, [*other_values(row)]
    noticed = [one for one in columns if page.after(row, [one], page.notices)]
    silent = [one for one in columns if one not in noticed]
    if page.after(row, silent, page.shows_otherwise):
        yield f"{label}: what is shown of {dict(silent)} is not in the token"
    for one in noticed:
        faults = page.after(row, [one], page.faults_of_answer)
        if faults is not None:
            yield from (f"{label}: {fault}" for fault in faults)
            return
    frozen = (page.name, row._meta.object_name) in FROZEN
    if not frozen and label not in ONLY_IF_SHOWN:
        yield f"{label}: nothing of it is in the token"


@dataclass
class Opened:
    """A page with a form, as somebody has it open while others work."""

    name: str
    client: Any
    view: Any
    sent: dict[str, Any]
    text: str
    token: str

    def after(self, row, columns, ask) -> Any:
        """Change columns past the application, ask, and take the change back.

        Columns that the database keeps as they are, are left; nothing is asked then.
        """
        with transaction.atomic():
            changed = [one for one in columns if self._change(row, *one)]
            answer = ask() if changed else None
            transaction.set_rollback(True)
        return answer

    def _change(self, row, column, value) -> bool:
        rows = type(row)._base_manager.filter(pk=row.pk)
        try:
            with transaction.atomic():
                return bool(rows.update(**{column: value}))
        except DatabaseError:
            return False

    def notices(self) -> bool:
        """Whether the token is another one now."""
        try:
            return self.view.read_token(self.view.get_object()) != self.token
        except Http404:
            return False

    def _open(self) -> Any:
        self.client.raise_request_exception = False
        answer = self.client.get(self.view.request.path)
        self.client.raise_request_exception = True
        return answer

    def shows_otherwise(self) -> bool:
        """Whether somebody who opens it now reads something else."""
        answer = self._open()
        return answer.status_code == HTTPStatus.OK and text_of(answer) != self.text

    def faults_of_answer(self) -> list[str] | None:
        """What is wrong with the answer to the form; None if no page shows it."""
        if self._open().status_code != HTTPStatus.OK:
            return None
        return [*decided(self.view, self.client, self.sent)]


class _Text(HTMLParser):
    """Gathers what is read between the head of a page and its end."""

    UNREAD = ("script", "style", "select", "textarea")

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._within = self._unread = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._within += tag == "main"
        self._unread += tag in self.UNREAD

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "main"
        self._unread -= tag in self.UNREAD

    def handle_data(self, data: str) -> None:
        if self._within and not self._unread:
            self.parts.extend(data.split())


def text_of(answer) -> str:
    """What somebody reads on the page, beside what they can choose."""
    reader = _Text()
    reader.feed(answer.content.decode())
    assert reader.parts
    return " ".join(reader.parts)
