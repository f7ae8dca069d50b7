"""The CDN that the settings name."""

from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from broadsheet.delivery.cdn import cloudflare, fastly
from broadsheet.delivery.cdn.provider import Cdn
from broadsheet.delivery.cdn.varnish import Varnish


class CdnSettingError(ValueError):
    """CDN_URL or CDN_TOKEN cannot be used; the message says why, and does not repeat them."""


def configured_cdn() -> Cdn | None:
    """Return the CDN of CDN_URL; None when there is none. Raises CdnSettingError."""
    return cdn_from(settings.CDN_URL, token=settings.CDN_TOKEN) if settings.CDN_URL else None


def cdn_from(url: str, *, token: str = "") -> Cdn:
    """Return the CDN that a URL names. Raises CdnSettingError.

    `fastly://SERVICE`, `cloudflare://ZONE`, `varnish://host:port,host:port`; the first two need a token, and take the
    address of their API, should it be another, as `?api=`.
    """
    parts = urlsplit(url)
    # Not `hostname`: it is in lower case, and Fastly's services are not.
    name, api = parts.netloc, parse_qs(parts.query).get("api", [""])[0].rstrip("/")
    if not name or "@" in name:
        raise CdnSettingError("CDN_URL names no service, zone or host, or a password, which belongs in CDN_TOKEN.")
    if parts.scheme == "varnish":
        return Varnish(hosts=[host for host in name.split(",") if host])
    if parts.scheme not in {"fastly", "cloudflare"}:
        raise CdnSettingError("CDN_URL begins with none of fastly://, cloudflare:// and varnish://.")
    if not token:
        raise CdnSettingError("CDN_URL needs a token that may purge: CDN_TOKEN, or CDN_TOKEN_FILE.")
    if parts.scheme == "fastly":
        return fastly.Fastly(service=name, token=token, api=api or fastly.API)
    return cloudflare.Cloudflare(zone=name, token=token, api=api or cloudflare.API)
