"""State machines over the database: actions in any order beside a plain model.

What all runs begin with is built once. What a run makes of it goes with the run, so
that the last one does not look through the rows of those before.
"""

from collections.abc import Callable

from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    run_state_machine_as_test,
)

from core.registries.invariants import invariants

# Hypothesis begins with the shortest run that it can think of.
IDLE = 2


class Machine(RuleBasedStateMachine):
    """Runs in a transaction of its own; at the end the invariants of its app hold."""

    app: str

    def __init__(self) -> None:
        super().__init__()
        self.actions = -1  # what a machine begins with is looked at once, too
        self.around = transaction.atomic()
        self.around.__enter__()

    @invariant()
    def count_actions(self) -> None:
        """Count the action just taken; invariants are asked after each."""
        self.actions += 1

    def teardown(self) -> None:
        try:
            connection.check_constraints()
            ours = [i for i in invariants if i.key.startswith(f"{self.app}.")]
            assert ours
            assert [line for one in ours for line in one.broken()] == []
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)


def run(begin: Callable[[], Machine], *, examples: int, steps: int) -> None:
    """Begin this many machines and take each through this many actions.

    Hypothesis gives up a machine that offers no action, and would report success for
    machines that did nothing. It also drops some in the middle, which is no fault.
    """
    begun: list[Machine] = []

    def begin_another() -> Machine:
        begun.append(begin())
        return begun[-1]

    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(begin_another, settings=chosen)
    taken = [machine.actions for machine in begun]
    assert taken.count(0) <= max(IDLE, examples // 10), f"did nothing: {taken}"
    assert sum(taken) >= examples * steps // 4, f"did little: {taken}"
