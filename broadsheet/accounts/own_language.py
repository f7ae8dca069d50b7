"""The language that somebody chose for the newsroom, where Wagtail has not put it into force: outside its views."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import translation


@contextmanager
def own_language(user: Any) -> Iterator[None]:
    """Speak to a user in the language of their account, or else in that of the site."""
    profile = getattr(user, "wagtail_userprofile", None)
    with translation.override(profile.get_preferred_language() if profile else translation.get_language()):
        yield
