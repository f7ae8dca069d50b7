"""The tables of the search."""

from broadsheet.search.newsroom.models import NewsroomChange

__all__ = ["NewsroomChange"]
