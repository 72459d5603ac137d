"""An organization ends while something is recorded at it: never do both succeed.

The list is generated: each column of a registered model that leads to an organization,
of which a factory exists, and the factory records as a user would.
"""

import datetime as dt
import pkgutil
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from factory import Factory, SubFactory

import tests.factories
from core.db.digests import digesting, is_digested
from core.errors import DomainError
from core.months import today
from organizations.actions import (
    Basis,
    change_organization,
    end_organization,
    found_with_approval,
    set_aliases,
    void_decision,
)
from organizations.ended_places import find_records_at_ended
from organizations.errors import OrganizationEnded, RecordedSince
from organizations.invariants import find_blockers_of_ended
from organizations.models import (
    Organization,
    OrganizationAlias,
    OrganizationChange,
    OrganizationVersion,
)
from reports.models import MonthlyReturn
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

OF_ITSELF = {
    MonthlyReturn,  # is asked of places that exist by then, and by nobody's hand
    Organization,
    OrganizationVersion,
    OrganizationAlias,
    OrganizationChange,
}
KINDS = {
    BranchFactory: "branch",
    CommunityFactory: "community",
    StreetFactory: "street",
}
BASIS = Basis("批复", "1", "党工委", today())


@dataclass(frozen=True)
class Entry:
    """A factory that records something at an organization, and the column."""

    factory: type[Factory]
    column: str

    @property
    def kind(self):
        """The kind of organization at which the factory records."""
        declared = self.factory._meta.declarations[self.column]
        return KINDS.get(declared.get_factory(), "community")

    def __str__(self):
        return f"{self.factory.__name__}.{self.column}"

    def record_at(self, place):
        """Record something at an organization as a view does that read it before."""
        return self.factory(**{self.column: place})


def iter_factories():
    """Yield the factories of models whose rows are records."""
    for module in pkgutil.iter_modules(tests.factories.__path__):
        name = f"tests.factories.{module.name}"
        for factory in vars(import_module(name)).values():
            model = getattr(getattr(factory, "_meta", None), "model", None)
            is_own = getattr(factory, "__module__", "") == name
            if is_own and model and is_digested(model) and model not in OF_ITSELF:
                yield factory, model


def iter_entries():
    """Yield each way to record something at an organization."""
    for factory, model in iter_factories():
        for field in model._meta.concrete_fields:
            declared = factory._meta.declarations.get(field.name)
            if field.related_model is Organization and isinstance(declared, SubFactory):
                yield Entry(factory, field.name)


ENTRIES = [*iter_entries()]


@dataclass(frozen=True)
class Alias:
    """Another name, which is entered on the page of the organization."""

    kind = "community"

    def record_at(self, place):
        """Give the organization another name."""
        return set_aliases(place, ["别名"], by=None)

    def __str__(self):
        return "aliases"


@dataclass(frozen=True)
class Guided:
    """An organization that is put under the guidance of another one."""

    kind = "community"

    def record_at(self, place):
        """Let a new community be guided."""
        return change_organization(CommunityFactory(), by=None, guidance_parent=place)

    def __str__(self):
        return "guided"


@pytest.fixture
def found_one(street, east):
    """A function that founds an organization of today for an entry."""
    above = {"branch": east, "community": street, "street": street.parent}
    numbers = count(1)

    def found(entry):
        name = f"误设{next(numbers)}"
        return found_with_approval(
            above[entry.kind],
            basis=BASIS,
            on=today(),
            by=None,
            name=name,
            full_name=f"中共{name}委员会",
            kind=entry.kind,
        )

    return found


def withdraw(place):
    change = OrganizationChange.objects.get(organization=place, kind="founded")
    return void_decision(change, by=None, reason="录错")


def end(place):
    return end_organization(place, by=None, reason="撤销")


def record(entry, place):
    """Record something as one action does, however the factory makes the row."""
    with transaction.atomic(), digesting("tests.record"):
        return entry.record_at(place)


def test_nothing_is_recorded_at_what_is_withdrawn_meanwhile(found_one):
    wrong = {}
    for entry in [*ENTRIES, Alias(), Guided()]:
        place = found_one(entry)
        outcome = race(partial(withdraw, place), partial(record, entry, place))
        if not isinstance(outcome.refusal, OrganizationEnded):
            wrong[str(entry)] = outcome.refusal

    assert wrong == {}


def test_what_would_keep_an_organization_is_not_recorded_while_it_ends(found_one):
    wrong = {}
    for entry in ENTRIES:
        kept, place = found_one(entry), found_one(entry)
        record(entry, kept)
        outcome = race(partial(end, place), partial(record, entry, place))
        refused = isinstance(outcome.refusal, OrganizationEnded)
        if not refused and refusal_of(kept) is not None:
            wrong[str(entry)] = outcome.refusal

    assert wrong == {}


def test_nothing_is_withdrawn_at_which_something_is_recorded_meanwhile(found_one):
    wrong = {}
    for entry in [*ENTRIES, Guided()]:
        place = found_one(entry)
        outcome = race(partial(record, entry, place), partial(withdraw, place))
        place.refresh_from_db()
        if not isinstance(outcome.refusal, RecordedSince) or place.ended_on:
            wrong[str(entry)] = outcome.refusal

    assert wrong == {}


def test_what_would_keep_an_organization_keeps_it_also_when_it_is_only_just_recorded(
    found_one,
):
    wrong = {}
    for entry in ENTRIES:
        alone, raced = found_one(entry), found_one(entry)
        record(entry, alone)
        outcome = race(partial(record, entry, raced), partial(end, raced))
        if type(outcome.refusal) is not type(refusal_of(alone)):
            wrong[str(entry)] = outcome.refusal

    assert wrong == {}


def refusal_of(place):
    """Return what the end of an organization is refused with, if it is."""
    try:
        end(place)
    except DomainError as refusal:
        return refusal
    return None


def test_a_record_that_stands_at_an_ended_organization_is_named_that_very_day(
    found_one,
):
    unnamed = []
    for entry in [*ENTRIES, Guided()]:
        place = found_one(entry)
        record(entry, place)
        Organization.objects.filter(pk=place.pk).update(
            ended_on=today() + dt.timedelta(days=1)
        )
        OrganizationChange.objects.filter(organization=place).update(
            voided_at=timezone.now(), void_reason="录错"
        )
        found = [*find_records_at_ended(), *find_blockers_of_ended()]
        if not any(one.startswith(f"{place.code}: ") for one in found):
            unnamed.append(str(entry))

    assert unnamed == []
