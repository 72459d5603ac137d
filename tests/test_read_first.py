"""Whoever decides about something decides about what their page showed.

Every form over a row is here: it carries a token of what it shows, or it corrects the
row with both versions compared, or it is named below with the reason why it answers
nobody's entry. The rows are changed behind the open page, and nothing may be done.

Forms and buttons stand on their own page, on the page of their row, or on both: each of
these pages is opened.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.urls import get_resolver, reverse

from core.errors import ChangedSinceRead
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.read_first import ReadFirstView
from core.web.views import ActionView, ChangeView, ReadActionView, RowFormView
from finance.views.review import SignVoucher
from members.views.compared import ComparedView
from tests.changes import watched
from tests.html import Form, read
from tests.test_access_matrix import ACCESS, only_looked, signed_in
from tests.test_every_write import first_who_may, reason_for
from tests.test_sent_again import our_patterns

BESIDE = "adds a record of its own, and leaves the row as it is"
OWN = "hands in, takes back or marks what the person, or their own office, entered"
FIXED = "what stands there cannot be edited while the button is offered"
SET_ASIDE = "sets aside what is there, which can be entered again"
TAKES = "takes something on or passes it on, and affirms nothing that is written"
# Forms and buttons over a row that answer nobody's entry; by the name of their class.
ANSWERS_NOTHING = {
    "AddApplicant": BESIDE,
    "DropDecision": OWN,
    "LookAgain": OWN,
    "RevokeCalendar": OWN,
    "AskForUnit": BESIDE,
    "AskOpinion": BESIDE,
    "LookAtBulkAgain": OWN,
    "RecordRemark": BESIDE,
    "RecordUnitRemark": BESIDE,
    "CoverUnit": BESIDE,
    "FileHolding": BESIDE,
    "DecideAtMeeting": BESIDE,
    "DecideAtSitting": BESIDE,
    "HonourMember": BESIDE,
    "HonourOrganization": BESIDE,
    "RecordSitting": BESIDE,
    "AnnounceRecruitment": BESIDE,
    "RecordPay": BESIDE,
    "RecordVisit": BESIDE,
    "VisitOrganization": BESIDE,
    "VisitUnit": BESIDE,
    "RecordFacility": BESIDE,
    "ServeByBody": BESIDE,
    "ServeBySeat": BESIDE,
    "AddSeatKind": BESIDE,
    "AddShift": BESIDE,
    "AddTarget": BESIDE,
    "BeginTerm": BESIDE,
    "CallElection": BESIDE,
    "CountAgain": BESIDE,
    "CountCommittee": BESIDE,
    "CountVotes": BESIDE,
    "EnterExpenditure": BESIDE,
    "EnterIncome": BESIDE,
    "FillSuperiorForm": BESIDE,
    "LinkDocument": BESIDE,
    "Nominate": BESIDE,
    "OpenSeat": BESIDE,
    "Proposals": BESIDE,
    "ProposeOfficer": BESIDE,
    "RecordAttendance": BESIDE,
    "RecordCall": BESIDE,
    "RecordMeeting": BESIDE,
    "RecordService": BESIDE,
    "RecordStep": BESIDE,
    "ReplaceDocument": BESIDE,
    "ReplaceForm": BESIDE,
    "ReplacePublication": BESIDE,
    "TakeSeat": BESIDE,
    "WriteIn": BESIDE,
    "AskConsent": OWN,
    "ConfirmToday": OWN,
    "Leave": OWN,
    "ReadAllNotices": OWN,
    "ReadNotice": OWN,
    "WithdrawClaim": OWN,
    "WithdrawReturn": OWN,
    "AgreeToSlip": FIXED,
    "LiftLock": FIXED,
    "Unmask": FIXED,
    "Remind": TAKES,
    "TakeCase": TAKES,
    "ClearCell": SET_ASIDE,
    "DiscardBatch": SET_ASIDE,
    "MapCell": SET_ASIDE,
    "RemoveTarget": SET_ASIDE,
}
# Pages without a form where there is nothing to choose from.
WITHOUT_TARGET = {"organizations:dissolve"}
# Rows that a trigger of the database keeps as they are.
FROZEN = {("finance:reverse_voucher", "Voucher")}


def views_over_rows() -> dict[str, tuple[str, type]]:
    """The forms and buttons over one row, by the name of their address."""
    found = {
        name: getattr(view, "view_class", object)
        for name, view in our_patterns(get_resolver().url_patterns)
    }
    return {
        name: view
        for name, view in found.items()
        if issubclass(view, (RowFormView, ActionView))
    }


def test_every_form_over_a_row_says_what_it_showed_or_answers_nothing():
    kinds = (ReadFirstView, ReadActionView, ChangeView, ComparedView, SignVoucher)
    without = {
        view.__name__
        for view in views_over_rows().values()
        if not issubclass(view, kinds)
    }

    assert without == {*ANSWERS_NOTHING}


def decisions() -> list[str]:
    """The addresses of forms and buttons that apply to what their page showed."""
    views, kinds = views_over_rows().items(), (ReadFirstView, ReadActionView)
    return sorted(name for name, view in views if issubclass(view, kinds))


@pytest.mark.parametrize("name", decisions())
def test_nothing_is_decided_about_what_changed_since_it_was_read(name, world):
    access = ACCESS[name]
    address = reverse(name, args=access.args(world)[0])
    client = signed_in(world.people[first_who_may(access)])
    opened = client.get(address)
    view = view_at(opened)
    ticks = access.data(world) if access.method == "post" else {}
    pages = {page: form_on(client, page, address) for page in pages_of(view)}
    found = {page: form for page, form in pages.items() if form is not None}

    wrong = [
        f"{page}: {fault}"
        for page, form in found.items()
        for fault in overtaken(view, client, page, {**ticks, **form.sent()})
    ]

    assert wrong == []
    assert found or (
        not isinstance(view, ReadActionView)
        and (
            opened.context is None
            or opened.context.get("impossible")
            or name in WITHOUT_TARGET
        )
    )


def view_at(opened) -> Any:
    """The view of a form or button, for the person who asked for its address."""
    shown = (opened.context or {}).get("view")
    match = opened.resolver_match
    if isinstance(shown, match.func.view_class):
        return shown
    view = match.func.view_class()
    view.setup(opened.wsgi_request, *match.args, **match.kwargs)
    view.row = view.get_object()
    return view


def pages_of(view) -> Iterator[str]:
    """The pages on which a form may stand: its own, and that of its row."""
    row = view.row
    yield view.request.path
    if hasattr(row, "get_absolute_url"):
        yield row.get_absolute_url()


def form_on(client, page, address) -> Form | None:
    """The form or button on the page that is sent to the address, filled in."""
    opened = client.get(page)
    impossible = (opened.context or {}).get("impossible")
    if opened.status_code != HTTPStatus.OK or impossible:
        return None
    forms = (one for one in read(opened).posting() if one.action == address)
    form = next(forms, None)
    if form is not None:
        form.fields |= {k: [v] for k, v in reason_for(form).items()}
    return form


def overtaken(view, client, page, sent) -> Iterator[str]:
    """What is wrong where each kind of row was changed behind the open page."""
    if not sent.get(VERSION_TOKEN):
        yield "carries no token"
    for kind, row in {type(row): row for row in view.shown_rows(view.row)}.items():
        with transaction.atomic():
            if change_behind(view, row, client, page):
                yield from (f"{kind}: {one}" for one in decided(view, client, sent))
            elif (view.request.resolver_match.view_name, kind.__name__) not in FROZEN:
                yield f"{kind}: nothing could be changed"
            transaction.set_rollback(True)


def decided(view, client, sent) -> Iterator[str]:
    """What is wrong with the answer to a form whose page was overtaken."""
    with watched() as changes:
        answer = client.post(view.request.path, sent)
    if written := only_looked(changes):
        yield f"wrote {written}"
    if isinstance(view, ReadActionView):
        said = [str(one) for one in answer.wsgi_request._messages._queued_messages]
        if said != [str(ChangedSinceRead())]:
            yield f"said {said}"
        return
    if answer.status_code != HTTPStatus.CONFLICT:
        yield f"answered {answer.status_code}"
        return
    tokens = {one.value(VERSION_TOKEN) for one in read(answer).posting()} - {""}
    if tokens != {view.read_token(view.get_object())}:
        yield f"{tokens} is not of what stands there"


def change_behind(view, row, client, page) -> bool:
    """Change a column of a row past the application; whether one could be."""
    before = view.read_token(view.get_object())
    for column, value in other_values(row):
        try:
            with transaction.atomic():
                rows = type(row)._base_manager.filter(pk=row.pk)
                rows.update(**{column: value})
                if was_noticed(view, before, client, page):
                    return True
                transaction.set_rollback(True)
        except DatabaseError:
            continue
    return False


def was_noticed(view, before, client, page) -> bool:
    """Whether the page shows something else now, and can still be shown."""
    client.raise_request_exception = False
    shown = client.get(page).status_code == HTTPStatus.OK
    client.raise_request_exception = True
    return shown and view.read_token(view.get_object()) != before


def other_values(row) -> Iterator[tuple[str, object]]:
    """Columns of a row with another value each, texts first."""
    columns = [
        column
        for column in row._meta.concrete_fields
        if not (column.primary_key or column.is_relation or column.choices)
    ]
    columns.sort(key=lambda one: not isinstance(one, models.CharField))
    for column in columns:
        value = getattr(row, column.attname)
        if isinstance(value, str):
            yield column.name, f"{value}改"[: column.max_length or 99]
        elif isinstance(value, dt.date):
            yield column.name, value - dt.timedelta(days=1)
        elif isinstance(value, bool):
            yield column.name, not value
        elif isinstance(value, int | Decimal):
            yield column.name, value + 1
