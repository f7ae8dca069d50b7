"""What the web worker runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench._stock_wagtail.settings")
application = get_wsgi_application()
