"""Pages of the paper that belong to no other room."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from broadsheet.kit import rendering
from broadsheet.masthead.cache_keys import COLOURS
from broadsheet.masthead.models import COLOUR_FIELDS, Masthead


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure with a page that needs no database."""
    return HttpResponseServerError(get_template("masthead/500.html").render())


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """Serve the paper's own accent colours as custom properties; pages ask only when they differ from the default.

    The values are hexadecimal by the fields' validator, so nothing else can be written into the stylesheet.
    """
    rendering.read_under([COLOURS])
    paper = Masthead()
    light, dark = Masthead.objects.values_list(*COLOUR_FIELDS).first() or (
        getattr(paper, name) for name in COLOUR_FIELDS
    )
    style = f":root{{--accent-light:{light};--accent-dark:{dark}}}\n"
    response = HttpResponse(style, content_type="text/css")
    response["Cache-Control"] = "max-age=300"
    return response
