"""The WSGI application that the web workers serve: the page store in front of Django."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django is set up by the lines above, and these need it

from broadsheet.delivery.cdn.configured_cdn import configured_cdn  # noqa: E402
from broadsheet.delivery.note_reading import note_reading_from_now_on  # noqa: E402
from broadsheet.delivery.page_store import PageStore  # noqa: E402
from broadsheet.delivery.serve_stored import Application, StoredPages  # noqa: E402
from broadsheet.pages.missed_addresses import count_missed_address  # noqa: E402


def readers_application() -> Application:
    """Return the page store in front of Django, or Django alone where pages are not stored (`PAGES_STORED`)."""
    if not settings.PAGES_STORED:
        application: Application = django_application
        return application
    store = PageStore(settings.BROADSHEET_DATA)
    pages = StoredPages(
        django_application,
        store=store,
        on_missed=count_missed_address,
        memory_bytes=settings.PAGE_MEMORY_BYTES,
        cdn=configured_cdn(),
    )
    note_reading_from_now_on(pages=pages, store=store)
    return pages


application: Any = readers_application()
