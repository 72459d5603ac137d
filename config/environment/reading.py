"""Read a variable of the environment, or end with a sentence instead of a traceback."""

import os
from typing import Any

from config.environment.sentences import gettext as _
from config.environment.variables import VARIABLES, Variable

SHOWN = 60  # characters of a wrong value that a sentence repeats


class WrongVariable(SystemExit):
    """A variable that nothing can be started with; the message is for the operator.

    An exit, because every process that loads the settings is to end with the sentence:
    commands, the web server and workers alike.
    """


def read(name: str, *, default: Any = None) -> Any:
    """Return the value of a declared variable, its default if it is left out."""
    variable = VARIABLES[name]
    text = os.environ.get(name, "")
    if text.strip():
        return parse_text(variable, text if variable.kind.is_secret else text.strip())
    if variable.is_required:
        raise WrongVariable(
            _(
                "%(name)s is not set, so nothing was started. %(hint)s It stands in the"
                " environment file."
            )
            % {"name": name, "hint": variable.kind.hint()}
        )
    return variable.default if default is None else default


def parse_text(variable: Variable, text: str) -> Any:
    """Return the value of a text, or end with what is wrong with it."""
    try:
        return variable.kind.parse(text)
    except ValueError:
        raise WrongVariable(describe_fault(variable, text)) from None


def describe_fault(variable: Variable, text: str) -> str:
    """Say which variable is wrong, what it says, and what to write."""
    if variable.kind.is_secret:
        sentence = _(
            "%(name)s cannot be used as it is set (its value is secret and not repeated"
            " here), so nothing was started. %(hint)s"
        )
    else:
        sentence = _("%(name)s is “%(text)s”, so nothing was started. %(hint)s")
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    printable = "".join(one if one.isprintable() else "�" for one in shown)
    return sentence % {
        "name": variable.name,
        "text": printable,
        "hint": variable.kind.hint(),
    }
