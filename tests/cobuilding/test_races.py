"""Two at once, staged on PostgreSQL: the one holds its transaction, the other waits."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cobuilding.actions import add_target, sign_agreement
from cobuilding.enums import AgreementState, Side
from cobuilding.errors import AlreadySigned, SideHasSigned
from cobuilding.models import Agreement, Target
from tests.factories.accounts import UserFactory
from tests.factories.cobuilding import AgreementFactory, TargetFactory
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def promised():
    """A draft with one target."""
    return TargetFactory(agreement=AgreementFactory()).agreement


def test_two_sides_signing_at_once_both_count():
    agreement, unit, community = promised(), UserFactory(), UserFactory()

    signing = race(
        lambda: sign_agreement(agreement, Side.UNIT, by=unit),
        lambda: sign_agreement(agreement, Side.COMMUNITY, by=community),
    )

    assert signing.rival.result().state == AgreementState.IN_FORCE


def test_two_people_of_one_side_sign_it_once():
    agreement, first, second = promised(), UserFactory(), UserFactory()

    signing = race(
        lambda: sign_agreement(agreement, Side.UNIT, by=first),
        lambda: sign_agreement(agreement, Side.UNIT, by=second),
    )

    assert isinstance(signing.refusal, SideHasSigned)


def test_no_target_slips_in_while_a_side_signs():
    agreement, unit = promised(), UserFactory()
    target = agreement.targets.get()
    promise = {
        "project": target.project,
        "indicator": "meetings_lessons",
        "goal": 4,
        "due_on": target.due_on,
        "owner_name": "孙丽",
        "by": None,
    }

    signing = race(
        lambda: sign_agreement(agreement, Side.UNIT, by=unit),
        lambda: add_target(agreement, **promise),
    )

    assert isinstance(signing.refusal, AlreadySigned)


def test_no_raw_target_slips_in_while_an_agreement_is_signed():
    agreement = promised()
    target = agreement.targets.get()
    target.pk, target.indicator = None, "meetings_lessons"
    written = Agreement.objects.filter(pk=agreement.pk)
    signed = {
        "state": AgreementState.SIGNED_BY_UNIT,
        "signed_by_unit": UserFactory(),
        "signed_by_unit_at": timezone.now(),
    }

    signing = race(
        lambda: written.update(**signed),
        lambda: Target.objects.bulk_create([target]),
    )

    assert signing.waited
    assert isinstance(signing.refusal, IntegrityError)
    assert agreement.targets.count() == 1
