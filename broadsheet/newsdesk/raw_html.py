"""HTML of one's own in a story is for a trusted few: others neither add nor change it, and are not offered it."""

import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import BlockWidget, StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError

RAW_BLOCK = "html"


def forbidden_html_error(new: StreamValue, old: StreamValue | None) -> StreamBlockValidationError | None:
    """Return the error for HTML that was added or changed, at its blocks; none when what there is was there before."""
    known = {str(block.value) for block in old or () if block.block_type == RAW_BLOCK}
    errors = {
        index: ValidationError(_("You may not add or change HTML. Ask someone who may, or use another block."))
        for index, block in enumerate(new)
        if block.block_type == RAW_BLOCK and str(block.value) not in known
    }
    return StreamBlockValidationError(block_errors=errors) if errors else None


def widget_without_html(block: Any) -> BlockWidget:
    """Return the editor of a body without HTML among the blocks it offers."""
    restricted = copy.copy(block)
    restricted.child_blocks = {name: child for name, child in block.child_blocks.items() if name != RAW_BLOCK}
    return BlockWidget(restricted)


def holds_html(body: StreamValue | None, data: Any, prefix: str) -> bool:
    """Tell whether a body, or what was sent for it, has HTML in it, so that the editor must be able to show it."""
    if any(block.block_type == RAW_BLOCK for block in body or ()):
        return True
    return any(
        value == RAW_BLOCK and key.startswith(f"{prefix}-") and key.endswith("-type")
        for key, value in (data or {}).items()
    )
