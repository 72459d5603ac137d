"""The kinds of record that documents stand behind, each with a table of its links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.actors import Actor
from core.registries.page_sections import PageSection, page_sections
from core.registries.registry import Registry
from exchange.models import Document


@dataclass(frozen=True, slots=True)
class DocumentTarget:
    """A kind of record that may name documents.

    `link` is the model whose rows join a document to a `record`; `may_link` says who
    joins them. The record has a page and an organization.
    """

    key: str
    link: type[Any]
    may_link: Callable[[Actor, Any], bool]

    @property
    def model(self) -> type[Any]:
        """The model of the record."""
        model: type[Any] = self.link._meta.get_field("record").related_model
        return model

    def links_of(self, record: models.Model, reader: Actor) -> models.QuerySet[Any]:
        """Return the links of a record to documents that the reader may see."""
        seen = Document.objects.visible_to(reader)
        rows: models.QuerySet[Any] = self.link.objects.filter(
            record=record.pk, document__in=seen
        )
        return rows.select_related("document__organization").order_by("pk")


document_targets: Registry[DocumentTarget] = Registry("Document target")


def declare_target(target: DocumentTarget) -> None:
    """Let documents be linked to a kind of record, and show them on its page."""
    document_targets.add(target)

    def describe(record: models.Model, reader: Actor) -> Mapping[str, Any]:
        return {
            "key": target.key,
            "record": record,
            "links": list(target.links_of(record, reader)),
            "may_link": target.may_link(reader, record),
        }

    page_sections.add(
        PageSection(
            f"exchange.documents.{target.key}",
            target.model._meta.label,
            "exchange/_documents_behind.html",
            describe,
        )
    )


def records_behind(document: Document, reader: Actor) -> list[Any]:
    """Return the records that name a document, as far as the reader may see them."""
    return [
        link.record
        for target in document_targets
        for link in target.link.objects.visible_to(reader)
        .filter(document=document)
        .select_related("record")
        .order_by("pk")
    ]
