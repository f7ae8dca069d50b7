"""The hub's address."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from broadsheet.feeds.websub.accept_request import NotUnderstoodError, TooManyRequestsError, accept_request

TEXT = "text/plain; charset=utf-8"
AGAIN_SECONDS = "60"


@csrf_exempt  # programs ask, without a session
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """Take down that somebody wants to subscribe to a feed, or no longer; whether he does is asked at his address."""
    if settings.WEBSUB_HUB:
        raise Http404("Another hub is in charge.")
    try:
        accept_request(fields=request.POST.dict())
    except NotUnderstoodError as error:
        return HttpResponse(f"{error}\n", status=400, content_type=TEXT)
    except TooManyRequestsError:
        return HttpResponse("Later, please.\n", status=503, content_type=TEXT, headers={"Retry-After": AGAIN_SECONDS})
    return HttpResponse(status=202, content_type=TEXT)
