"""The drafts of a session: what one is, and the list of the newest few."""

import datetime as dt
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

from accounts.sessions import DRAFTS
from core import crypto
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import CSRF, KEY

DRAFT_CONTEXT = "session.draft"
RESTORE, LEAVE = "restore", "leave-draft"
KEPT_SECONDS = 60 * 60
MAX_KEPT = 5
MAX_LENGTH = 100_000  # of one draft
MAX_LENGTH_OF_ALL = 200_000  # the session is read at every request
# As in `drafts.js`.
PRIVATE_NAME = re.compile("id_number|identity|phone|mobile|password", re.IGNORECASE)
DATE = r"(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])(?!\d)"
PRIVATE_NUMBER = re.compile(rf"{DATE}|(?P<number>(?:\d[\s-]*){{10,}}\d[Xx]?)")
HIDDEN_NUMBER = "******"
OWN_FIELDS = {CSRF, KEY}


@dataclass(frozen=True, slots=True)
class Draft:
    """What an account typed into a form, as it was sent.

    `key` is the idempotency key that the form was sent with: two forms of one page are
    two drafts.
    """

    account: int
    path: str
    key: str
    title: str
    values: dict[str, list[str]]
    at: float
    failed: bool = False  # the system failed; otherwise the session had ended
    query: str = ""  # that of its page, if the form is a part of one of several
    switched: bool = False  # nothing was sent: the language was switched

    @property
    def restore_url(self) -> str:
        """The page of the form with everything filled in."""
        query = f"{self.query}&" if self.query else ""
        return f"{self.path}?{query}{RESTORE}={self.key}"

    @property
    def leave_url(self) -> str:
        """The page of the form without what was typed, which is then forgotten."""
        return f"{self.path}?{LEAVE}={self.key}"

    @property
    def sent_at(self) -> dt.datetime:
        """When the form was sent."""
        return dt.datetime.fromtimestamp(self.at, dt.UTC)

    @property
    def kept_until(self) -> dt.datetime:
        """When the draft is forgotten."""
        return self.sent_at + dt.timedelta(seconds=KEPT_SECONDS)

    def is_of(self, account: int | None) -> bool:
        """Whether the account typed it, less than an hour ago."""
        return self.account == account and time.time() - self.at <= KEPT_SECONDS

    def as_data(self) -> QueryDict:
        """Return the values as a form takes them."""
        data = QueryDict(mutable=True)
        for name, values in self.values.items():
            data.setlist(name, values)
        return data


def read_drafts(session: SessionBase) -> list[Draft]:
    """Return the drafts of the session that can still be read, newest first."""
    drafts = []
    for text in session.get(DRAFTS, ()):
        try:
            values = json.loads(crypto.decrypt(text, context=DRAFT_CONTEXT))
        except (InvalidTag, ValueError):
            continue
        drafts.append(Draft(**values))
    return drafts


def add_draft(session: SessionBase, draft: Draft) -> bool:
    """Put the draft before the others; return false where it is too long.

    The same form sent again replaces its draft. The oldest go where there are too many.
    """
    text = json.dumps(asdict(draft))
    if len(text) > MAX_LENGTH:
        return False
    others = [one for one in read_drafts(session) if one.key != draft.key]
    _write(session, [draft, *others])
    return True


def keep_only(session: SessionBase, is_kept: Callable[[Draft], bool]) -> list[Draft]:
    """Forget the other drafts, and those that cannot be read; return the kept ones."""
    kept = [draft for draft in read_drafts(session) if is_kept(draft)]
    if len(kept) < len(session.get(DRAFTS, ())):
        _write(session, kept)
    return kept


def _write(session: SessionBase, drafts: Iterable[Draft]) -> None:
    texts: list[str] = []
    length = 0
    for draft in drafts:
        text = crypto.encrypt(json.dumps(asdict(draft)), context=DRAFT_CONTEXT)
        length += len(text)
        if len(texts) < MAX_KEPT and length <= MAX_LENGTH_OF_ALL:
            texts.append(text)
    session[DRAFTS] = texts
    if not texts:
        del session[DRAFTS]


def values_without_numbers(data: QueryDict) -> dict[str, list[str]]:
    """Return what a form held, without secrets and numbers of persons."""
    kept = {}
    for name, sent in data.lists():
        values = [str(v) if name == VERSION_TOKEN else hide_numbers(v) for v in sent]
        is_kept = name not in OWN_FIELDS and not PRIVATE_NAME.search(name)
        if is_kept and any(values):
            kept[name] = values
    return kept


def hide_numbers(text: str) -> str:
    """Return the text with stars for what looks like a number of a person.

    Dates are none. Nothing is left of a text that is such a number and no more.
    """
    left = PRIVATE_NUMBER.sub(
        lambda found: HIDDEN_NUMBER if found["number"] else found[0], text
    )
    return "" if left.strip() == HIDDEN_NUMBER else left
