"""Health: is the process alive, can it do its work."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from broadsheet.ops import health

NOT_KEPT = {"Cache-Control": "no-store"}


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process runs; asks nothing of anyone else."""
    status, content = health.alive()
    return JsonResponse(content, status=status, headers=NOT_KEPT)


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part does its work, 503 and which does not; with `?serving` whether readers get pages."""
    status, content = health.ready(serving_only="serving" in request.GET)
    return JsonResponse(content, status=status, headers=NOT_KEPT)
