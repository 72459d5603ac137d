"""Traits of who stands in elections, by a list that offices keep (五种人)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.election_querysets import CandidateTraitQuerySet
from communities.models.election import Candidate


class CandidateTrait(models.Model):
    """One trait of a candidate; who stands may have several, or none."""

    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="traits", verbose_name=_("candidate")
    )
    trait = models.CharField(pgettext_lazy("candidate", "trait"), max_length=20)

    objects = CandidateTraitQuerySet.as_manager()

    class Meta:
        verbose_name = _("trait of a candidate")
        verbose_name_plural = _("traits of candidates")
        ordering = ["candidate", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "trait"],
                name="candidatetrait_named_once",
                violation_error_message=_("The candidate has this trait already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.trait}"
