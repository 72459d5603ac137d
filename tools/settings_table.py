"""The variables of the environment, as `docs/reference/settings.md` lists them."""

from typing import TYPE_CHECKING

from markdown_tables import table

if TYPE_CHECKING:
    from config.environment import Variable


def describe_default(variable: "Variable") -> str:
    """Return what holds where the variable is left out."""
    if variable.is_required:
        return "must be set"
    if variable.otherwise:
        return variable.otherwise
    if isinstance(variable.default, bool):
        return "yes" if variable.default else "no"
    return f"{variable.default}"


def settings_table() -> str:
    """Return every variable, in the order in which they are declared."""
    from config.environment import VARIABLES

    rows = [
        [
            f"`{variable.name}`",
            variable.meaning,
            variable.kind.hint(str).removeprefix("Write "),
            describe_default(variable),
        ]
        for variable in VARIABLES.values()
    ]
    return table(["Variable", "Meaning", "Write", "Left out"], rows)
