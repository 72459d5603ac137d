"""Columns of the groups of members, and of how complete the register is."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from members.belonging import Belonging
from members.groups import CountedGroup
from members.missing_facts import MissingFact, facts_asked_of
from members.models import Member
from members.papers import Paper, papers_asked_of


def url_of_group(record: CountedGroup) -> str:
    """Return the list of the members of a group."""
    query = f"record=on_rolls&group={record.group.key}"
    return f"{reverse('members:list')}?{query}"


class GroupTable(OrderedTable):
    """Groups of members: how many they are, and how they are cared for."""

    label = tables.Column(verbose_name=_("Group of members"))
    count = tables.Column(verbose_name=_("Members"), linkify=url_of_group)
    care = tables.Column(verbose_name=_("How they are cared for"))

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False


def _lacks(fact: MissingFact) -> Any:
    """Return a column that counts who lacks a fact, and opens who they are."""
    return tables.Column(
        verbose_name=format_lazy(_("Lacking: {fact}"), fact=fact.label),
        accessor=f"missing__{fact.key}",
        linkify=lambda record: record.url_of(fact.key),
    )


def _rests_on(paper: Paper) -> Any:
    """Return a column that counts whose record rests on a paper, and opens whose."""
    return tables.Column(
        verbose_name=paper.label,
        accessor=f"counts__{paper.key}",
        linkify=lambda record: record.url_of(paper.key),
    )


class RegisterTable(OrderedTable):
    """Base of a table of organizations: the members there, whom the number opens."""

    organization = tables.Column(
        verbose_name=_("Party organization"), accessor="organization__name"
    )
    members = tables.Column(
        verbose_name=_("Members"), linkify=lambda record: record.url_of()
    )

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        orderable = False


class PaperTable(RegisterTable):
    """Organizations: members, and on what paper their records rest."""

    class Meta(RegisterTable.Meta):
        pass

    def __init__(self, *args: Any, belonging: Belonging, **kwargs: Any) -> None:
        papers = papers_asked_of(belonging)
        columns = [(f"by_{paper.key}", _rests_on(paper)) for paper in papers]
        super().__init__(*args, extra_columns=columns, **kwargs)


class CompletenessTable(RegisterTable):
    """Organizations: members, full records, and what the others lack."""

    full = tables.Column(verbose_name=_("Full records"))
    share = tables.Column(verbose_name=_("Full, of a hundred"))

    class Meta(RegisterTable.Meta):
        pass

    def __init__(self, *args: Any, belonging: Belonging, **kwargs: Any) -> None:
        facts = facts_asked_of(belonging)
        columns = [(f"lacks_{fact.key}", _lacks(fact)) for fact in facts]
        super().__init__(*args, extra_columns=columns, **kwargs)
