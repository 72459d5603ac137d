"""Registrations of what members promise, propose to correct, like, and when free."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.audit.presentation import label_values
from core.months import months_before
from members.actions.corrections import close_correction
from members.actions.pledges import close_pledge
from members.duplicates.merged import PERSON, own_or_merged
from members.ends.closers import MemberCloser, closers, on_leaving_altogether
from members.enums import COUNTED_PLEDGES, PledgeState
from members.fields import slots_in_words
from members.models import Pledge, ProposedCorrection
from members.opinions.facts import MemberFact, member_facts
from organizations.queries import labels_of_code_list

MONTHS_OF_PLEDGES = 12
"""Over so many months units, answers and letters tell what was pledged and kept."""
IN_PARTS = {
    "partly": pgettext_lazy("pledges", "partly kept: %(count)s"),
    "not_kept": pgettext_lazy("pledges", "not kept: %(count)s"),
    "running": pgettext_lazy("pledges", "still running: %(count)s"),
    "unsettled": pgettext_lazy("pledges", "over, outcome missing: %(count)s"),
}


def open_pledges() -> QuerySet[Pledge]:
    """Return promises that are neither settled nor lapsed."""
    return Pledge.objects.open()


def open_corrections() -> QuerySet[ProposedCorrection]:
    """Return proposed corrections that wait for who keeps the record."""
    return ProposedCorrection.objects.open()


def describe_pledges(member_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return what became of members' pledges of the twelve months up to a day (S4-12).

    Those of which a day lies in the months count, whatever their own period is. Units
    read this, and whoever else asks for an opinion: what the words of a pledge say is
    for the member, and for the branch and community that accept it.
    """
    since = months_before(day, MONTHS_OF_PLEDGES)
    after = dt.timedelta(days=1)
    rows = Pledge.objects.overlapping(since + after, day + after)
    people: Any = rows.filter(own_or_merged(member_ids)).order_by()
    counted = people.annotate(whose=PERSON).values("whose").annotate(**_counts(day))
    return {
        row.pop("whose"): words for row in counted if (words := describe_counts(row))
    }


def _counts(day: dt.date) -> dict[str, Count]:
    """Return how many pledges are accepted, how many came to what, how many wait."""
    running = Q(state=PledgeState.ACCEPTED)
    conditions = {
        "pledged": Q(state__in=COUNTED_PLEDGES),
        "kept": Q(state=PledgeState.KEPT),
        "partly": Q(state=PledgeState.PARTLY),
        "not_kept": Q(state=PledgeState.NOT_KEPT),
        "running": running & Q(ends_on__gt=day),
        "unsettled": running & Q(ends_on__lte=day),
        "waiting": Q(state__in=(PledgeState.PROPOSED, PledgeState.RETURNED)),
    }
    return {key: Count("pk", filter=which) for key, which in conditions.items()}


def describe_counts(counts: Mapping[str, int]) -> str:
    """Return counts of pledges in words; what nobody has accepted is not counted."""
    said = []
    if counts["pledged"]:
        kept = ngettext(
            "%(pledged)s pledge, %(kept)s kept",
            "%(pledged)s pledges, %(kept)s kept",
            counts["pledged"],
        )
        parts = [(words, counts[key]) for key, words in IN_PARTS.items()]
        more = [str(words) % {"count": count} for words, count in parts if count]
        said.append("，".join([kept % counts, *more]))
    if count := counts["waiting"]:
        said += [] if said else [gettext("no pledge accepted yet")]
        said.append(
            gettext("not counted, as not accepted yet: %(count)s") % {"count": count}
        )
    return "；".join(said)


member_facts.add(
    MemberFact(
        "members.pledges",
        _("Pledges of the last twelve months"),
        describe_pledges,
        _("None"),
    )
)
closers.add(
    MemberCloser(
        "members.pledges",
        _("pledges lapsed: %(count)s"),
        open_pledges,
        close_pledge,
        organization_lookup="organization",
        leaving=on_leaving_altogether,
    ),
    MemberCloser(
        "members.corrections",
        _("proposed corrections lapsed: %(count)s"),
        open_corrections,
        close_correction,
        leaving=on_leaving_altogether,
    ),
)
label_values("members.Pledge", kind=labels_of_code_list("pledge_kinds"))
label_values(
    "members.Member",
    interests=labels_of_code_list("interests"),
    free_hours=slots_in_words,
)
