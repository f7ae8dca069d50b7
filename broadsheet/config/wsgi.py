"""The WSGI application that the web workers serve."""

import os

from django.core.wsgi import get_wsgi_application

from broadsheet.ops.give_way import come_back

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")

application = get_wsgi_application()
come_back()
