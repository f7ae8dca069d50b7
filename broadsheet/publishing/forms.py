"""The form field in which editors type the moment of an embargo."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from broadsheet.kit.wall_time import NoSuchTimeError, is_shown_twice, moment_of


class EmbargoField(forms.DateTimeField):
    """A date and time in the editor's zone; the value is that moment in UTC.

    A time that the clocks skip is refused, saying so. A time that they show twice is taken as the later of the two: an
    embargo is never broken early. The other one is typed with its offset, and the field shows such a moment with it.
    Elsewhere it is shown by `kit.wall_time.told`, which then gives the offset, too.
    """

    default_error_messages = {
        "no_such_time": _(
            "There is no %(time)s on %(date)s in %(zone)s: the clocks go forward over it. Choose %(instead)s or "
            "another time."
        ),
    }

    def to_python(self, value: Any) -> dt.datetime | None:
        """Return the moment that was meant; raises ValidationError."""
        typed = self._typed(value)
        if typed is None or timezone.is_aware(typed):
            return typed
        try:
            return moment_of(typed, timezone.get_current_timezone())
        except NoSuchTimeError as error:
            params = {
                "time": date_format(error.wall, "TIME_FORMAT"),
                "date": date_format(error.wall, "DATE_FORMAT"),
                "zone": str(error.zone),
                "instead": date_format(error.instead, "TIME_FORMAT"),
            }
            raise ValidationError(self.error_messages["no_such_time"], code="no_such_time", params=params) from error

    def prepare_value(self, value: Any) -> Any:
        """Return what the field shows: the time in the editor's zone, with its offset where it comes twice."""
        if isinstance(value, dt.datetime) and timezone.is_aware(value):
            zone = timezone.get_current_timezone()
            if is_shown_twice(value, zone):
                return value.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        return super().prepare_value(value)

    def _typed(self, value: Any) -> dt.datetime | None:
        """Return what was typed, naive unless it names its offset."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value
        if isinstance(value, dt.date):
            return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  midnight on the wall
        try:
            read = parse_datetime(str(value).strip())
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        # Past DateTimeField, which would look for the moment itself and refuse overlaps.
        return read or super(forms.DateTimeField, self).to_python(value)
