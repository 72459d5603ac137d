"""Reads of members."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from core.actors import Actor, scope_of
from core.db.pieces import hold_pieces
from core.db.querysets import Node, ScopedQuerySet, any_of
from core.db.tree import path_range
from core.db.voidable import NOT_VOIDED
from core.names import name_contains, search_spellings
from core.pinyin import clean_pinyin
from members.enums import Standing
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import Member


class MemberQuerySet(ScopedQuerySet["Member"]):
    """Members by organization, by standing and by who may see them.

    Members are visible where they formally belong and where they are checked in (dual
    management, S0-27), but counted only where they belong (R-28). Their records are
    managed where they belong, or where they are checked in if they belong nowhere.
    Members who have left stay with the organization they left last (R-27), and those
    no longer checked in anywhere with the community of their last check-in.
    """

    organization_lookups = ("organization", "community")
    member_lookup = "pk"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def seen_by(self, user: Actor) -> Q:
        """Return a condition on members the person may see, former ones included."""
        paths = scope_of(user).seen_paths(self.seen_with | self.managed_with)
        return super().seen_by(user) | self._left_last(paths)

    def managed_by(self, user: Actor) -> Self:
        """Members whose record the person manages."""
        paths = scope_of(user).paths(self.managed_with)
        home = any_of(path_range("organization", path) for path in paths)
        guest = any_of(path_range("community", path) for path in paths)
        nowhere = Q(organization=None)
        return self.filter(home | (nowhere & guest) | self._left_last(paths))

    def visible_with_voided(self, user: Actor) -> Self:
        """Members the person may see, and voided ones that were recorded in their area.

        For `all_objects`: the page of a voided record says when and why it was voided.
        """
        paths = scope_of(user).seen_paths(self.seen_with | self.managed_with)
        kept = ("merged_into__organization", "merged_into__community")
        recorded_here = any_of(
            path_range(lookup, path)
            for lookup in (
                *("affiliations__organization", "check_ins__community"),
                *kept,
            )
            for path in paths
        )
        voided = self.filter(~NOT_VOIDED).filter(recorded_here).order_by().values("pk")
        return self.filter(NOT_VOIDED & self.seen_by(user) | Q(pk__in=voided))

    def on_rolls(self, user: Actor, node: Node | None = None) -> Self:
        """Who formally belongs to the person's area, or below one node, as counted."""
        scope = scope_of(user)
        paths = [node.path] if node else scope.seen_paths(self.seen_with)
        return self.filter(any_of(path_range("organization", path) for path in paths))

    def known_at(self, node: Node) -> Self:
        """Who belongs or is checked in below a node, or was last."""
        here = any_of(path_range(name, node.path) for name in self.organization_lookups)
        return self.filter(here | self._left_last([node.path]))

    def guests_of(self, user: Actor) -> Self:
        """Who is checked in in the person's area and formally belongs elsewhere."""
        paths = scope_of(user).seen_paths(self.seen_with)
        here = any_of(path_range("community", path) for path in paths)
        home = any_of(path_range("organization", path) for path in paths)
        return self.filter(here).exclude(Q(organization__isnull=False) & home)

    def gone(self) -> Self:
        """Who neither belongs nor is checked in anywhere, though not by mistake."""
        return self.filter(NOT_VOIDED, organization=None, community=None)

    def voided(self) -> Self:
        """Whose record was voided as a mistake; ask it of `all_objects`."""
        return self.filter(~NOT_VOIDED)

    def current(self) -> Self:
        """Whose membership has not ended."""
        return self.filter(NOT_VOIDED, ended_on=None)

    def no_longer_current(self) -> Self:
        """Whose membership has ended, or was recorded by mistake."""
        return self.filter(~NOT_VOIDED | Q(ended_on__isnull=False))

    def with_approval(self) -> Self:
        """Add `admitted_on`: when the admission was approved, if it was recorded."""
        days = self.model.affiliations.rel.related_model.objects.filter(  # type: ignore[attr-defined] # the other end of a relation
            member=OuterRef("pk"), approved_on__isnull=False
        )
        latest = days.order_by("-approved_on").values("approved_on")[:1]
        return self.annotate(admitted_on=Subquery(latest))

    def with_willingness(self) -> Self:
        """Add `willing_to_serve`: what was said at the check-in that goes on."""
        rows = self.model.check_ins.rel.related_model.objects  # type: ignore[attr-defined] # the other end of a relation
        said = rows.filter(member=OuterRef("pk"), ends_on=None).values("willing")
        return self.annotate(willing_to_serve=Subquery(said[:1]))

    def willing_so(self, willing: str) -> Self:
        """Who said so at the check-in that goes on."""
        rows = self.model.check_ins.rel.related_model.objects  # type: ignore[attr-defined] # the other end of a relation
        said = rows.filter(member=OuterRef("pk"), ends_on=None, willing=willing)
        return self.filter(Exists(said))

    def with_remark_for(self, user: Actor) -> Self:
        """Add `kept_remark`: the remark of members whose record the person keeps."""
        kept = self.model.all_objects.managed_by(user).order_by().values("pk")
        return self.annotate(
            kept_remark=Case(When(pk__in=kept, then="remark"), default=Value(""))
        )

    def _left_last(self, paths: Iterable[str]) -> Q:
        """Match former members who last belonged below one of the paths."""
        prefixes = list(paths)
        last_affiliated = Q(
            pk__in=self._last_at("affiliations", "organization", prefixes)
        )
        last_checked_in = Q(pk__in=self._last_at("check_ins", "community", prefixes))
        return Q(organization=None) & (
            last_affiliated | Q(community=None) & last_checked_in
        )

    def _last_at(
        self, relation: str, lookup: str, paths: Iterable[str]
    ) -> QuerySet[Any]:
        """Return the members whose last row of a kind ended below one of the paths.

        Open rows are excluded first: checking each for a later row took a third of the
        time of counting members, and half of the time of finding a page.
        """
        rows: QuerySet[Any] = getattr(self.model, relation).rel.related_model.objects
        later = rows.filter(
            member=OuterRef("member"), starts_on__gt=OuterRef("starts_on")
        )
        below = any_of(path_range(lookup, path) for path in paths)
        ended = rows.filter(below).exclude(ends_on=None)
        last: QuerySet[Any] = ended.filter(~Exists(later))
        return last.order_by().values("member")

    def named(self, text: str) -> Self:
        """Whose name contains the text, or sounds like it."""
        sound = clean_pinyin(text)
        called = name_contains(text, "name") | Q(sound__contains=sound)
        held = hold_pieces(("name", "sound"), [*search_spellings(text), sound])
        return self.filter(called, held)

    def skilled_in(self, code: str) -> Self:
        """Who is still here and wrote that they have a skill."""
        return self.naming("skills", [code])

    def saying_something(self) -> Self:
        """Who wrote what they can do or like, or when they are free."""
        nothing: list[str] = []
        return self.exclude(skills=nothing, interests=nothing, free_hours=nothing)

    def naming(self, column: str, codes: Iterable[str]) -> Self:
        """Who is still here and whose list of codes has one of some.

        The list is compared as text, as SQLite needs it.
        """
        here = Q(organization__isnull=False) | Q(community__isnull=False)
        rows = self.alias(codes_text=Cast(column, TextField()))
        found = any_of(Q(codes_text__contains=f'"{code}"') for code in codes)
        return rows.filter(here, found)

    def employed_at(self, unit_ids: Iterable[int]) -> Self:
        """Who works at one of the units, by the record."""
        return self.filter(employer__in=list(unit_ids))

    def settled_elsewhere_since(self, day: dt.date) -> Self:
        """Who belongs here and has been at one place elsewhere since a day (R-12).

        Leaves out those whose transfer is under way, and those of whom no place is
        recorded: they do not stay anywhere.
        """
        absences = self.model.mobile_records.rel.related_model.objects.current()  # type: ignore[attr-defined] # the other end of a relation
        away = absences.filter(member=OuterRef("pk"), starts_on__lte=day)
        transfers = self.model.transfers.rel.related_model.objects.under_way()  # type: ignore[attr-defined] # the other end of a relation
        leaving = transfers.filter(member=OuterRef("pk"))
        return self.filter(
            Exists(away.exclude(destination="")),
            ~Exists(leaving),
            organization__isnull=False,
        )

    def belonging_to(self, node: Node) -> Self:
        """Formally affiliated at the node or below it, today."""
        return self.filter(path_range("organization", node.path))

    def checked_in_at(self, node: Node) -> Self:
        """Checked in at the node or below it, today."""
        return self.filter(path_range("community", node.path))

    def voting(self) -> Self:
        """Full members: the only ones who vote and are counted for a quorum."""
        return self.filter(standing=Standing.FULL)
