"""Sources, what came from them, and what became of it."""

from broadsheet.wire.models.item import ItemState, WireItem, WirePhoto, WireVersion
from broadsheet.wire.models.source import FolderFile, SourceKind, WireSource

__all__ = ["FolderFile", "ItemState", "SourceKind", "WireItem", "WirePhoto", "WireSource", "WireVersion"]
