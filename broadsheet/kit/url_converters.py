"""Parts of our addresses that Django's own path converters do not know; registered in config/urls.py."""


class FourDigits:
    """A year such as 2016."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Read the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the number with leading zeros."""
        return f"{value:04d}"


class TwoDigits(FourDigits):
    """A month or day such as 09."""

    regex = "[0-9]{2}"

    def to_url(self, value: int) -> str:
        """Write the number with leading zeros."""
        return f"{value:02d}"


class UnicodeSlug:
    """A slug in any script, as Wagtail allows it."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """Take the slug as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write the slug as it is; Django quotes it."""
        return value
