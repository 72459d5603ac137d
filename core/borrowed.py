"""Words of the framework that stand on our pages and have no Chinese of its own.

Django's templates translate them; its catalogue of this release leaves them empty. They
are gathered here like words of ours. One that Django comes to translate may go.
"""

from django.utils.translation import gettext_noop

ADMIN_INDEX = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
)
