"""Two at once, staged on PostgreSQL: the one holds its transaction, the other waits."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from cobuilding.actions import add_target, sign_agreement
from cobuilding.enums import AgreementState, Side
from cobuilding.errors import AlreadySigned, SideHasSigned
from tests.factories.accounts import UserFactory
from tests.factories.cobuilding import AgreementFactory, TargetFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def on_its_own_connection(deed, *args, **kwargs):
    """Do the deed in a thread and hand its connection back."""
    try:
        return deed(*args, **kwargs)
    finally:
        connection.close()


def promised():
    """A draft with one target."""
    return TargetFactory(agreement=AgreementFactory()).agreement


def test_two_sides_signing_at_once_both_count():
    agreement, unit, community = promised(), UserFactory(), UserFactory()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            sign_agreement(agreement, Side.UNIT, by=unit)
            other = pool.submit(
                on_its_own_connection,
                sign_agreement,
                agreement,
                Side.COMMUNITY,
                by=community,
            )
            wait([other], timeout=0.3)

        assert other.result().state == AgreementState.IN_FORCE


def test_two_people_of_one_side_sign_it_once():
    agreement, first, second = promised(), UserFactory(), UserFactory()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            sign_agreement(agreement, Side.UNIT, by=first)
            rival = pool.submit(
                on_its_own_connection, sign_agreement, agreement, Side.UNIT, by=second
            )
            wait([rival], timeout=0.3)

        assert isinstance(rival.exception(), SideHasSigned)


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

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            sign_agreement(agreement, Side.UNIT, by=unit)
            late = pool.submit(on_its_own_connection, add_target, agreement, **promise)
            wait([late], timeout=0.3)

        assert isinstance(late.exception(), AlreadySigned)
