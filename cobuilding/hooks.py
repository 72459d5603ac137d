"""What this app registers: measuring targets, blockers, page sections."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobuilding.actions import measure_targets
from cobuilding.coverage import COVERAGES
from cobuilding.enums import AgreementState
from cobuilding.models import Agreement, Target
from core.actors import Actor
from core.registries.page_sections import PageSection, page_sections
from figures.coverage import coverages
from figures.definitions import Preparation, preparations
from members.ends.dated_records import DatedRecords, dated_records
from organizations.actions import give_back, name_of, take_along
from organizations.closing_blockers import (
    PROJECT,
    UNIT,
    ClosingBlocker,
    closing_blockers,
)
from organizations.mergers import Merger, mergers

coverages.add(*COVERAGES)
preparations.add(Preparation("cobuilding.targets", measure_targets))


def open_agreements() -> QuerySet[Agreement]:
    """Return agreements that have not ended, signed or not."""
    return Agreement.objects.exclude(state=AgreementState.ENDED)


def open_targets() -> QuerySet[Target]:
    """Return targets of agreements that have not ended, signed or not."""
    return Target.objects.exclude(agreement__state=AgreementState.ENDED)


mergers.add(
    Merger(
        "cobuilding.agreements",
        _("agreements that go along: %(count)s"),
        open_agreements,
        take_along(),
        take_back=give_back(),
        remember=name_of,
        within_return=True,
    )
)
closing_blockers.add(
    ClosingBlocker(
        "cobuilding.agreements",
        _("agreements: %(count)s (end them)"),
        open_agreements,
        until="ends_on",
    ),
    ClosingBlocker(
        "cobuilding.unit_agreements",
        _("agreements: %(count)s (end them)"),
        open_agreements,
        closes=UNIT,
        column="unit",
        until="ends_on",
    ),
    ClosingBlocker(
        "cobuilding.project_targets",
        _("targets not due yet: %(count)s (end their agreements)"),
        open_targets,
        closes=PROJECT,
        column="project",
        until="due_on",
    ),
)


def targets_of(project: Any, reader: Actor) -> Mapping[str, Any]:
    """Return the targets that are measured over a project."""
    targets = project.targets.visible_to(reader)
    return {"targets": targets.select_related("agreement__unit", "project")}


page_sections.add(
    PageSection(
        "cobuilding.targets",
        "communities.Project",
        "cobuilding/_project_targets.html",
        targets_of,
    ),
)

dated_records.add(
    *(
        DatedRecords(
            f"cobuilding.signatures_of_the_{side}",
            _("agreements signed on %(days)s"),
            Agreement.objects.all,
            day=f"signed_by_{side}_at__date",
            owner=f"signed_by_{side}__member",
            keeper="organization",
            page=Agreement.get_absolute_url,
        )
        for side in ("unit", "community")
    )
)
