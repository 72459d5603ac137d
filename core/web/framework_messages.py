"""Messages of Django that appear on our pages and need our own translation.

Django's catalogue leaves some empty and translates others in programmers' terms (变量)
or without the polite form of our pages (你). Listing them here adds them to our own
catalogue. A message can be removed once Django translates it well.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

ADMIN_INDEX = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
)

FORMS = (
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has "
        "%(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has "
        "%(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
)
PASSWORDS = (
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    gettext_noop(
        "Your password can’t be too similar to your other personal information."
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
)
