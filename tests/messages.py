"""Messages that readers see, found by what produces them.

Most tests care which rule or refusal answered, not how its sentence is worded. They
name the constraint, the refusal or the message id; tests of wording name the sentence.
"""

import re

from django.utils.translation import gettext

from core.db.constraint_errors import iter_constraints
from core.errors import DomainError

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def rule_message(name):
    """Return the message of the constraint with the name."""
    messages = [
        str(constraint.get_violation_error_message())
        for _model, constraint in iter_constraints()
        if constraint.name == name
    ]
    if len(messages) != 1:
        raise LookupError(f"{len(messages)} constraints are named {name}.")
    return messages[0]


def rule(name):
    """Return a pattern for the message of the constraint with the name."""
    return re.escape(rule_message(name))


def refusal_of(refusal, **params):
    """Return a pattern for a refusal's message, with some of its parameters given."""
    if not issubclass(refusal, DomainError):
        raise TypeError(f"{refusal} is no refusal.")
    return _pattern(str(refusal.message), params)


def message(message_id, **params):
    """Return a pattern for the translation of a message id."""
    return _pattern(gettext(message_id), params)


def translated(message_id, **params):
    """Return the translation of a message id with its parameters filled in."""
    text = gettext(message_id)
    return text % params if params else text


def _pattern(text, params):
    """Escape the text; a parameter that is not given may be anything."""
    parts, end = [], 0
    for match in PLACEHOLDER.finditer(text):
        parts.append(re.escape(text[end : match.start()]))
        given = params.get(match[1])
        parts.append("(?s:.+?)" if given is None else re.escape(str(given)))
        end = match.end()
    return "".join([*parts, re.escape(text[end:])])


def says(text, pattern):
    """Whether the text contains a message that matches the pattern."""
    return re.search(pattern, str(text)) is not None
