"""What journeys through the browser ask for."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from broadsheet.accounts.models import User
from tooling.pytest_browser import OpenPage, Reader

OpenNewsroom = Callable[..., Page]


@pytest.fixture
def open_newsroom(open_page: OpenPage, client: Client) -> OpenNewsroom:
    """Return `open_newsroom(user, path, reader=Reader(...))`: a page of the newsroom as that person sees it."""

    def open_signed_in(user: User, path: str = "/newsroom/", *, reader: Reader = Reader()) -> Page:
        client.force_login(user)
        page = open_page("/healthz", reader=reader)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        host = urlsplit(page.url).hostname or ""
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": host, "path": "/"}]
        )
        page.goto(path)
        return page

    return open_signed_in
