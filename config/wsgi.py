"""The WSGI application."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from config.environment import require_settings_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
require_settings_module()
application = get_wsgi_application()

from config.readiness import refuse_to_start_unready  # noqa: E402 -- needs Django set up

try:
    refuse_to_start_unready()
except ImproperlyConfigured as error:
    sys.exit(str(error))  # a sentence for the operator, not a traceback
