"""What is on record of members on a day, in words: check-in, service, pledges.

An opinion carries these facts as they stood on its day, and a unit reads them of its
own people (S0-27). Each app says what it knows of many members at once.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.querysets import current_on
from core.registries.registry import Registry
from core.text import StrOrPromise
from members.duplicates.merged import own_or_merged
from members.models import CheckIn


@dataclass(frozen=True, slots=True)
class MemberFact:
    """One kind of fact: its label, its words by member, and the words for none."""

    key: str
    label: StrOrPromise
    describe: Callable[[Iterable[int], dt.date], Mapping[int, str]]
    none: StrOrPromise


member_facts: Registry[MemberFact] = Registry("MemberFact")


def describe_facts(
    member_ids: Iterable[int], day: dt.date
) -> dict[int, list[tuple[str, str]]]:
    """Return label and words of every fact of each member on a day."""
    keys = list(member_ids)
    known = [(fact, fact.describe(keys, day)) for fact in member_facts]
    return {
        key: [
            (str(fact.label), words.get(key) or str(fact.none)) for fact, words in known
        ]
        for key in keys
    }


def describe_check_ins(member_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return with which community members are checked in on a day, and since when."""
    rows = CheckIn.objects.filter(current_on(day), own_or_merged(member_ids))
    return {
        row.member.merged_into_id or row.member_id: gettext(
            "Checked in at %(community)s since %(day)s"
        )
        % {"community": row.community.name, "day": format_day(row.starts_on)}
        for row in rows.select_related("community", "member")
    }


member_facts.add(
    MemberFact(
        "members.check_in",
        _("Check-in"),
        describe_check_ins,
        _("Not checked in with a community"),
    )
)
