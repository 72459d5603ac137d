"""Each step of a transfer has a permission, a page and an action of its own."""

import pytest
from django.urls import resolve, reverse

from members import actions
from members.enums import STATES_OF_STEP, TransferState, TransferStep
from members.errors import TransferMovedOn
from members.permissions import CAN_TAKE
from members.views.transfer_papers import TransferPaper
from members.views.transfer_steps import TransferStepView
from tests.factories.members import TransferFactory

WRITTEN = [step for step in TransferStep if not step.value.startswith("print")]
VALUES = {
    TransferStep.CONFIRM_ARRIVAL: {"branch": None},
    TransferStep.ADMIT: {"branch": None},
    TransferStep.HAND_ON: {"to": None},
    TransferStep.REISSUE_LETTER: {"reason": "遗失"},
    TransferStep.REFUSE: {"reason": "不符"},
    TransferStep.VOID: {"reason": "不符"},
}


def page_of(step):
    return resolve(reverse(f"members:{step}", args=[1])).func.view_class


def test_every_step_has_states_a_permission_and_its_own_page():
    assert set(TransferStep) == set(STATES_OF_STEP) == set(CAN_TAKE)
    for step in TransferStep:
        assert issubclass(page_of(step), TransferStepView | TransferPaper)
        assert page_of(step).step is step


@pytest.mark.parametrize("step", WRITTEN)
def test_the_page_of_a_step_names_its_action(step):
    named = getattr(page_of(step), "action", None)
    assert named in {None, getattr(actions, step)}


REACH = {
    TransferState.PROPOSED: {},
    TransferState.ISSUED: {"issued": True},
    TransferState.VOIDED: {"then": actions.void_transfer},
    TransferState.REFUSED: {"issued": True, "then": actions.refuse_transfer},
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", REACH)
def test_an_action_refuses_the_states_that_its_page_does_not_fit(state):
    how = dict(REACH[state])
    close = how.pop("then", None)
    transfer = TransferFactory(**how)
    if close is not None:
        close(transfer, by=None, reason="不符")
    for step in WRITTEN:
        if state not in step.states:
            with pytest.raises(TransferMovedOn):
                getattr(actions, step)(transfer, by=None, **VALUES.get(step, {}))
