"""Registrations of what members promise, like, and when they are free."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.audit.presentation import label_values
from core.db.querysets import current_on
from members.actions.pledges import close_pledge
from members.duplicates.merged import PERSON, own_or_merged
from members.ends.closers import MemberCloser, closers, on_leaving_altogether
from members.enums import PledgeState
from members.fields import slots_in_words
from members.models import Pledge
from members.opinions.facts import MemberFact, member_facts
from organizations.queries import labels_of_code_list


def open_pledges() -> QuerySet[Pledge]:
    """Return promises that are neither settled nor lapsed."""
    return Pledge.objects.open()


def describe_pledges(member_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return how much members have pledged for a day, and how much of it is kept.

    Units read this, and whoever else asks for an opinion: what the words of a pledge
    say is for the member, and for the branch and community that accept it.
    """
    rows = Pledge.objects.counted().filter(current_on(day), own_or_merged(member_ids))
    kept = Count("pk", filter=Q(state=PledgeState.KEPT))
    people: Any = rows.order_by().annotate(whose=PERSON).values("whose")
    found = people.annotate(pledged=Count("pk"), kept=kept)
    return {
        row["whose"]: ngettext(
            "%(pledged)s pledge, %(kept)s kept",
            "%(pledged)s pledges, %(kept)s kept",
            row["pledged"],
        )
        % row
        for row in found.values("whose", "pledged", "kept")
    }


member_facts.add(
    MemberFact(
        "members.pledges",
        pgettext_lazy("list", "Pledges of members"),
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
    )
)
label_values("members.Pledge", kind=labels_of_code_list("pledge_kinds"))
label_values(
    "members.Member",
    interests=labels_of_code_list("interests"),
    free_hours=slots_in_words,
)
