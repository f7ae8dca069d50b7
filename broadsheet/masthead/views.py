"""Pages of the paper that belong to no other room."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a failure with a page that needs no database."""
    return HttpResponseServerError(get_template("masthead/500.html").render())
