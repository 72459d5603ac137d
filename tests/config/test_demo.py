"""The demo's city is built by the actions that users run, and is sound."""

import pytest
from django.core.management import call_command

from accounts.models import User
from communities.models import Honour, Meeting, Resolution, SeatFiling, UnitCover
from config.demo import zaoyang
from config.demo.zaoyang_places import tree
from core.registries.invariants import invariants
from members.models import Transfer
from organizations.models import OrganizationChange
from reports.models import MonthlyReturn
from volunteering.models import ServiceRecord

TWO_COMMUNITIES = ("NC01", "BC01")
ABOVE = {"ZY", "NC", "BC"}


@pytest.fixture
def small_city(monkeypatch, settings, tmp_path):
    """The demo with one community in each of two streets, and branches of 24."""
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    rows = [
        row
        for row in tree()
        if row["code"] in ABOVE or row["code"].startswith(TWO_COMMUNITIES)
    ]
    monkeypatch.setattr(zaoyang, "tree", lambda: iter(rows))
    branches = len(rows) - len(ABOVE) - len(TWO_COMMUNITIES)
    monkeypatch.setattr(zaoyang, "sizes", lambda _seed: [24] * branches)
    monkeypatch.setattr(zaoyang, "IN_SERVICE", 60)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_small_demo_is_built_whole_and_its_records_agree(small_city):
    call_command("load_demo")

    faults = [f"{one.key}: {line}" for one in invariants for line in one.broken()]
    assert faults == []
    decided = {*OrganizationChange.objects.values_list("kind", flat=True)}
    assert decided >= {"renamed", "split"}
    for model in (
        *(Meeting, MonthlyReturn, ServiceRecord, Transfer),
        *(Honour, Resolution, SeatFiling, UnitCover),
    ):
        assert model.objects.exists(), model
    watched = Resolution.objects.exclude(watched_by=None).filter(sitting__isnull=False)
    assert watched.exclude(finding="").exclude(done_on=None).exists()
    assert User.objects.filter(is_demo=True).count() > 10
