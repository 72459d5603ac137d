"""Documents behind the records of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.body import Body
from communities.querysets import BodyDocumentQuerySet
from core.db.constraints import plausible_dates
from core.db.voidable import NOT_VOIDED, ValidRowsManager, void_has_reason
from exchange.models import DocumentLink

ValidLinks = ValidRowsManager.from_queryset(BodyDocumentQuerySet)


class BodyDocument(DocumentLink):
    """A document behind a body: its rules, who approved it, how it was elected."""

    record = models.ForeignKey(
        Body,
        models.PROTECT,
        related_name="document_links",
        verbose_name=_("body"),
    )

    objects = ValidLinks()
    all_objects = BodyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a body")
        verbose_name_plural = _("documents of bodies")
        ordering = ["record", "pk"]
        constraints = [
            plausible_dates(
                "linked_at", "voided_at", name="bodydocument_plausible_dates"
            ),
            void_has_reason("bodydocument_voided_says_why"),
            models.UniqueConstraint(
                fields=["record", "document"],
                condition=NOT_VOIDED,
                name="bodydocument_named_once",
                violation_error_message=_(
                    "This document is named already. Nothing was saved a second time."
                ),
            ),
        ]
