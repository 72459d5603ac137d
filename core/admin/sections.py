"""The start page of the admin: kinds of record by what people do with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Section(models.TextChoices):
    """What the records of a kind are for, in the order of the start page."""

    ORGANIZATIONS = "organizations", _("Party organizations and units")
    PEOPLE = "people", _("Members")
    ACTIVITIES = "activities", _("Meetings and service")
    COOPERATION = "cooperation", _("Co-building")
    MONEY = "money", _("Funds and dues")
    RETURNS = "returns", _("Returns")
    ACCOUNTS = "accounts", _("Accounts and roles")
    RULES = "rules", _("Code lists, standards and calendars")
    RECORDS = "records", _("Details that other pages record")
    SYSTEM = "system", _("System")


FOLDED = frozenset({Section.RECORDS, Section.SYSTEM})


@dataclass(frozen=True, slots=True)
class KindOfRecord:
    """One kind of record as a reader finds it: how many there are, where they are."""

    label: "StrOrPromise"
    name: "StrOrPromise"
    url: str
    add_url: str
    count: int | None


@dataclass(slots=True)
class SectionOfKinds:
    """The kinds of one section that a reader works with."""

    section: Section
    kinds: list[KindOfRecord] = field(default_factory=list)

    @property
    def title(self) -> "StrOrPromise":
        """The heading on the start page."""
        return self.section.label

    @property
    def is_folded(self) -> bool:
        """Whether most readers never open it."""
        return self.section in FOLDED


def sections_for(
    request: HttpRequest, admins: Iterable[ModelAdmin]
) -> list[SectionOfKinds]:
    """Return what the reader works with, by section; empty sections are left out."""
    sections = {section: SectionOfKinds(section) for section in Section}
    for admin in admins:
        if admin.has_view_permission(request):
            section = getattr(admin, "section", Section.SYSTEM)
            sections[section].kinds += _kinds_of(request, admin, section)
    return [section for section in sections.values() if section.kinds]


def _kinds_of(
    request: HttpRequest, admin: ModelAdmin, section: Section
) -> Iterator[KindOfRecord]:
    """Return the kind; records that are rarely opened are not counted."""
    opts = admin.opts
    name = f"{admin.admin_site.name}:{opts.app_label}_{opts.model_name}"
    may_add = admin.has_add_permission(request)
    yield KindOfRecord(
        label=opts.verbose_name_plural or "",
        name=opts.verbose_name or "",
        url=reverse(f"{name}_changelist"),
        add_url=reverse(f"{name}_add") if may_add else "",
        count=None
        if section in FOLDED
        else admin.get_queryset(request).order_by().count(),
    )
