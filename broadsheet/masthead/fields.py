"""A stream field whose blocks stay out of the migrations."""

from typing import Any

from wagtail.fields import StreamField


class LeanStreamField(StreamField):
    """A stream field that tells migrations nothing of its blocks.

    The database column is JSON whatever the blocks are; migrations that repeat their definitions grow by
    thousands of lines for no change of schema.
    """

    def __init__(self, block_types: Any = (), **options: Any) -> None:
        super().__init__(block_types, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field to migrations without its blocks."""
        name, path, _, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [], options
