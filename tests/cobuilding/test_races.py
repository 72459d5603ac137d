"""Two at once, staged on PostgreSQL: the one holds its transaction, the other waits."""

import pytest

from cobuilding.actions import add_target, sign_agreement
from cobuilding.enums import AgreementState, Side
from cobuilding.errors import AlreadySigned, SideHasSigned
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
