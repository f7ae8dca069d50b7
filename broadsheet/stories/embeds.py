"""What an address from another site is, worked out without asking that site.

Readers' pages load nothing from elsewhere, and neither does the newsroom when it saves: a provider is known by its
address alone. The page shows who it is; the player is loaded in a sandboxed frame when the reader asks for it.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Provider:
    """A site whose players may be framed: how its addresses look, and where its player lives."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    player: str


@dataclass(frozen=True)
class Embed:
    """An address understood. `player_url` is empty when the thing can only be linked to."""

    url: str
    provider_name: str
    kind: str
    player_url: str


def _provider(name: str, kind: str, pattern: str, player: str) -> Provider:
    return Provider(name, kind, re.compile(pattern, re.IGNORECASE), player)


PROVIDERS = (
    _provider(
        "YouTube",
        "video",
        r"^https?://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)([\w-]{6,20})",
        "https://www.youtube-nocookie.com/embed/{0}",
    ),
    _provider(
        "Vimeo",
        "video",
        r"^https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d+)",
        "https://player.vimeo.com/video/{0}?dnt=1",
    ),
    _provider(
        "Spotify",
        "audio",
        r"^https?://open\.spotify\.com/(?:embed/)?(track|album|playlist|episode|show)/(\w+)",
        "https://open.spotify.com/embed/{0}/{1}",
    ),
    _provider(
        "Datawrapper",
        "chart",
        r"^https?://(?:www\.)?datawrapper\.dwcdn\.net/(\w{5})",
        "https://datawrapper.dwcdn.net/{0}/",
    ),
    _provider(
        "Flourish",
        "chart",
        r"^https?://(?:public\.)?flo(?:urish\.studio|\.uri\.sh)/(visualisation|story)/(\d+)",
        "https://flo.uri.sh/{0}/{1}/embed",
    ),
    _provider(
        "OpenStreetMap",
        "map",
        r"^(https?://www\.openstreetmap\.org/export/embed\.html\?[\w=%.,&-]+)",
        "{0}",
    ),
)


def understand_embed(url: str) -> Embed:
    """Return who stands behind `url` and where its player is; any address at all gets an answer."""
    for provider in PROVIDERS:
        found = provider.pattern.match(url)
        if found:
            return Embed(
                url,
                provider.name,
                provider.kind,
                provider.player.format(*found.groups()),
            )
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return Embed(url, host, "page", "")
