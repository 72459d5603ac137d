"""Settings for development: the demo's database, full error pages, the debug toolbar.

For `make run` alone. The toolbar comes with the development packages; no test and no
installation imports this module.
"""

from copy import deepcopy

from csp.constants import UNSAFE_INLINE

from config.settings.base import CONTENT_SECURITY_POLICY as STRICT
from config.settings.base import INSTALLED_APPS as APPS
from config.settings.base import MIDDLEWARE as LAYERS
from config.settings.demo import *  # noqa: F403

DEBUG = True
INTERNAL_IPS = ["127.0.0.1", "::1"]  # addresses that the toolbar is shown to
ROOT_URLCONF = "config.dev_urls"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

INSTALLED_APPS = [*APPS, "debug_toolbar"]
# As early as it can be, but below what compresses or refuses an answer.
_after_csp = LAYERS.index("csp.middleware.CSPMiddleware") + 1
MIDDLEWARE = [
    *LAYERS[:_after_csp],
    "debug_toolbar.middleware.DebugToolbarMiddleware",
    *LAYERS[_after_csp:],
]
# The toolbar's scripts are files of our own origin, but its panels carry styles.
CONTENT_SECURITY_POLICY = deepcopy(STRICT)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["style-src"].append(UNSAFE_INLINE)
