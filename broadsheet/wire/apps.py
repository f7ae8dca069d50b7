"""Registers the room with Django, and its word on embargoes, kills and agencies' stories with the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WireConfig(AppConfig):
    name = "broadsheet.wire"
    label = "wire"
    verbose_name = _("Wire")

    def ready(self) -> None:
        """Hold back what is under an agency's embargo or was killed, and hand nothing of an agency's on."""
        from broadsheet.publishing.hindrances import register_hindrance
        from broadsheet.stories.others_work import register_others_work
        from broadsheet.wire.hold_embargo import agency_hindrance
        from broadsheet.wire.selectors import made_of_items

        register_hindrance(agency_hindrance)
        register_others_work(made_of_items)
