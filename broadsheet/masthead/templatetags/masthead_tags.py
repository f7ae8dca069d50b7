"""Template tags that every page may use."""

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Render the templates that `config/rooms.py` names for this slot, in order; nothing when there are none.

    Raises KeyError for a name that is not in the list, so that a misspelt slot does not vanish silently.
    """
    engine = context.template.engine  # type: ignore[union-attr]  # set while a template renders
    parts = [engine.get_template(template_name).render(context) for template_name in settings.SLOTS[name]]
    return mark_safe("".join(parts))  # noqa: S308 - each part is the output of an autoescaping template


class PageLanguageNode(template.Node):
    """Renders what is inside in a language and text direction of its own."""

    def __init__(self, language: template.base.FilterExpression, nodes: template.NodeList) -> None:
        self.language = language
        self.nodelist = nodes

    def render(self, context: Context) -> SafeString:
        """Render the content with the furniture's strings in the page's language."""
        with translation.override(self.language.resolve(context) or settings.LANGUAGE_CODE):
            return self.nodelist.render(context)


@register.tag
def inlanguage(parser: Parser, token: Token) -> PageLanguageNode:
    """`{% inlanguage page.language %}…{% endinlanguage %}`: translate what is inside into that language."""
    language = parser.compile_filter(token.split_contents()[1])
    nodes = parser.parse(("endinlanguage",))
    parser.delete_first_token()
    return PageLanguageNode(language, nodes)
