"""Registers the room with Django, and its word on embargoes and kills with those who publish."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WireConfig(AppConfig):
    name = "broadsheet.wire"
    label = "wire"
    verbose_name = _("Wire")

    def ready(self) -> None:
        """Hold back what is under an agency's embargo or was killed, whoever publishes it, and however."""
        from broadsheet.publishing.hindrances import register_hindrance
        from broadsheet.wire.hold_embargo import agency_hindrance

        register_hindrance(agency_hindrance)
