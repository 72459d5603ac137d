"""Messages of Django that users see and that its catalogue does not translate.

A validator's message changed and the Chinese catalogue still has the old one. Remove
this once Django translates it.
"""

from django.utils.translation import ngettext_lazy

TOO_SHORT = ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
)
