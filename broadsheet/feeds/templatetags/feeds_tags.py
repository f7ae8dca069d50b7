"""Template tags of what machines read in the head of a page."""

from django import template

from broadsheet.feeds.translations import InLanguage, translations_of
from broadsheet.stories.models import Story

register = template.Library()


@register.simple_tag
def in_other_languages(story: Story) -> list[InLanguage]:
    """Return a story in all its languages; nothing where it has one alone, or is not saved yet."""
    return translations_of(story.pk) if story.pk else []
