"""Hangs the proposals for a story so far into the newsroom. Imported by `wagtail_hooks.py`."""

from django.urls import URLPattern, path
from wagtail import hooks

from broadsheet.newsdesk.so_far.proposals import SoFarProposals


@hooks.register("register_admin_urls")
def register_proposals() -> list[URLPattern]:
    """Serve them below /newsroom/so-far/."""
    return [path("so-far/<int:box_id>/proposals/", SoFarProposals.as_view(), name="newsdesk_so_far_proposals")]
