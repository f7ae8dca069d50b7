"""Where the hub is, and how feeds say so."""

from django.conf import settings
from django.urls import reverse

from broadsheet.masthead.head_metadata import absolute


def hub_url() -> str:
    """Return the address of the hub in charge of the paper's feeds."""
    return settings.WEBSUB_HUB or absolute(reverse("websub_hub"))


def link_header(feed_url: str) -> str:
    """Return the header by which a feed names its hub and itself (WebSub, 4)."""
    return f'<{hub_url()}>; rel="hub", <{feed_url}>; rel="self"'
