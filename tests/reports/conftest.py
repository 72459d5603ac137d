"""It is 2 July 2026 in every test here, as in those of figures."""

from tests.figures.conftest import (
    foreign_branch,
    on_the_second_of_july,
    roll,
    west_branch,
)

__all__ = ["foreign_branch", "on_the_second_of_july", "roll", "west_branch"]
