"""Registrations of what members promise, like, and when they are free."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit.presentation import label_values
from core.db.querysets import current_on
from members.actions.pledges import close_pledge
from members.duplicates.merged import own_or_merged
from members.ends.closers import MemberCloser, closers, on_leaving_altogether
from members.fields import slots_in_words
from members.models import Pledge
from members.opinions.facts import MemberFact, member_facts
from organizations.queries import labels_of_code_list


def open_pledges() -> QuerySet[Pledge]:
    """Return promises that are neither settled nor lapsed."""
    return Pledge.objects.open()


def describe_pledges(member_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return what members have pledged for a day, and how far it is."""
    rows = Pledge.objects.counted().filter(current_on(day), own_or_merged(member_ids))
    words: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("member").order_by("pk"):
        key = row.member.merged_into_id or row.member_id
        words[key].append(f"{row.text}（{row.get_state_display()}）")
    return {key: "；".join(texts) for key, texts in words.items()}


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
