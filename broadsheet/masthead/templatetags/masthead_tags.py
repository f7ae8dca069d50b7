"""Template tags that every page may use."""

from django import template
from django.conf import settings
from django.template.base import Parser, Token, token_kwargs
from django.template.context import Context
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.contrib.settings.context_processors import SettingProxy

from broadsheet.kit import rendering
from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.menus import Menus

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


@register.filter
def whole(address: str) -> str:
    """Return an address of the paper with its scheme and host: `{{ page.url|whole }}`."""
    return absolute(address)


@register.filter
def in_menu(path: str, menus: Menus) -> str:
    """Return `path` if an item in the head of the page leads there, else nothing."""
    return path if any(item.url == path for item in menus.header) else ""


class SharedNode(template.Node):
    """Renders what is the same on many pages once, until something that it shows has changed."""

    def __init__(self, name: str, given: dict[str, template.base.FilterExpression], nodes: template.NodeList) -> None:
        self.name = name
        self.given = given
        self.nodelist = nodes

    def render(self, context: Context) -> SafeString:
        """Render the content, which sees what it is given and nothing else of the page."""
        given = {name: value.resolve(context) for name, value in self.given.items()}

        def make() -> SafeString:
            settings_read_here = SettingProxy(context.get("request"))  # the page's own remembers what it has read
            return self.nodelist.render(context.new({**given, "settings": settings_read_here}))

        return rendering.remembered(("shared", self.name, *given.values()), make)


@register.tag
def shared(parser: Parser, token: Token) -> SharedNode:
    """`{% shared "page_foot" %}…{% endshared %}`: a part of the page that other pages have, too.

    It sees the paper's `settings` and what it is given (`{% shared "page_head" is_front=is_front %}`: numbers, texts,
    truth values), and nothing else of the page, so that what is read for it is known to be read for it.
    """
    _, name, *given = token.split_contents()
    keywords = token_kwargs(given, parser)
    nodes = parser.parse(("endshared",))
    parser.delete_first_token()
    return SharedNode(name.strip("\"'"), keywords, nodes)


class ShownOnceNode(template.Node):
    """Renders what a template makes of one thing once for as long as that thing is remembered."""

    def __init__(
        self,
        template_name: str,
        thing: template.base.FilterExpression,
        given: dict[str, template.base.FilterExpression],
    ) -> None:
        self.template_name = template_name
        self.thing = thing
        self.given = given

    def render(self, context: Context) -> SafeString:
        """Render the template, or return what it gave before."""
        thing = self.thing.resolve(context)
        given = {name: value.resolve(context) for name, value in self.given.items()}
        name = (self.template_name, get_language(), *given.items())
        found: SafeString | None = thing.rendered.get(name)
        if found is None:
            shown = context.template.engine.get_template(self.template_name)  # type: ignore[union-attr]
            found = thing.rendered[name] = shown.render(context.new({"card": thing, **given}))
        return found


@register.tag
def show(parser: Parser, token: Token) -> ShownOnceNode:
    """`{% show card "components/teaser.html" level=3 %}`: include a template that sees the card and what is named.

    What it makes is kept with the card, in its dictionary `rendered`, for the other pages that show the same card.
    """
    _, thing, template_name, *given = token.split_contents()
    keywords = token_kwargs(given, parser)
    return ShownOnceNode(template_name.strip("\"'"), parser.compile_filter(thing), keywords)
