"""Words of the framework that people meet here and that it has no Chinese for.

Its validators changed this sentence and its catalogue still holds the former one. It is
gathered here like words of ours; once Django translates it, it may go.
"""

from django.utils.translation import ngettext_lazy

TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
