"""What `broadsheet check` says about the CDN."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from broadsheet.delivery.cdn.configured_cdn import CdnSettingError, configured_cdn


@register()
def cdn_can_be_told(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a CDN that could not be told what to forget: its readers would be shown what was taken down."""
    try:
        configured_cdn()
    except CdnSettingError as error:
        return [Error(str(error), hint="See docs/operators/cdn.md.", id="broadsheet.E010")]
    return []
