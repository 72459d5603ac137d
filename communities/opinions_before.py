"""What places were asked about members before they were honoured (S0-25).

An honour may refer to one such question. Others about the member, to which no honour
refers, are passed over: they are shown with the honour, so that no answer is left out.
"""

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from communities.models import Honour
from core.actors import Actor
from core.months import today
from members.duplicates.merged import PERSON, own_or_merged
from members.enums import Opinion, OpinionState
from members.models import Member, OpinionRequest
from members.querysets import OpinionRequestQuerySet


def annotate_opinions(rows: QuerySet[Honour], reader: Actor) -> QuerySet[Honour]:
    """Add to honours what the reader may see of the opinions asked for before.

    `referred` is what the opinion says to which the honour refers, `passed_over` the
    least favourable of the others, and `was_asked` whether there are any of those.
    """
    person = OuterRef(OuterRef("whose"))
    records = Member.all_objects.filter(Q(pk=person) | Q(merged_into=person))
    others = _unreferred().filter(
        member__in=records.order_by().values("pk"),
        case__opened_on__lte=OuterRef("awarded_on"),
    )
    seen = others.visible_to(reader).annotate(said=_said(), rank=_rank())
    own = OpinionRequest.objects.visible_to(reader).filter(pk=OuterRef("opinion"))
    least = seen.order_by("rank", "-case__opened_on", "-pk")
    return rows.annotate(whose=PERSON).annotate(
        referred=Subquery(own.order_by().annotate(said=_said()).values("said")[:1]),
        passed_over=Subquery(least.values("said")[:1]),
        was_asked=Exists(others),
    )


def opinions_passed_over(honour: Honour) -> OpinionRequestQuerySet:
    """Return questions asked before about the member to which no honour refers."""
    member = honour.member
    if member is None:
        return OpinionRequest.objects.none()
    rows = _unreferred().exclude(pk=honour.opinion_id or 0)
    return rows.filter(
        own_or_merged([member.merged_into_id or member.pk]),
        case__opened_on__lte=honour.awarded_on,
    ).order_by("-case__opened_on", "-pk")


def _unreferred() -> OpinionRequestQuerySet:
    referring = Honour.objects.filter(opinion=OuterRef("pk")).order_by()
    return OpinionRequest.objects.filter(~Exists(referring), withdrawn_on=None)


def _said() -> Case:
    """Return the opinion; without one, whether the answer is overdue."""
    return Case(
        When(~Q(opinion=""), then=F("opinion")),
        When(case__due_on__lt=today(), then=Value(OpinionState.UNANSWERED.value)),
        default=Value(OpinionState.WAITING.value),
    )


def _rank() -> Case:
    """Return the order from the least favourable answer to agreement."""
    return Case(
        When(opinion=Opinion.DISAGREES, then=Value(0)),
        When(opinion=Opinion.RESERVES, then=Value(1)),
        When(opinion="", then=Value(2)),
        default=Value(3),
    )
