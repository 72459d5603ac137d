"""State machines over the database: actions in any order beside a plain model.

What all runs begin with is built once. What a run makes of it goes with the run, so
that the last one does not look through the rows of those before.
"""

from collections.abc import Callable

from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from core.registries.invariants import invariants

DROPPED = 2


class Machine(RuleBasedStateMachine):
    """Runs in a transaction of its own; at the end the invariants of its app hold."""

    app: str

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()

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

    A machine that offers no action is given up, counts for nothing, and costs all that
    its beginning and its end cost. Hypothesis itself drops one now and then.
    """
    begun = 0

    def begin_another() -> Machine:
        nonlocal begun
        begun += 1
        return begin()

    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(begin_another, settings=chosen)
    assert begun - examples <= max(DROPPED, examples // 10), "machines were given up"
