"""The headers that keep a page from doing what it was not written to do.

Readers' pages are stored and shared, so their policy holds no nonce: every script and style is a file of ours. The
newsroom runs Wagtail's admin, which still needs inline scripts and styles (wagtail/wagtail#1288), and has its own.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

READERS_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "frame-src": "https:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
NEWSROOM_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
NEWSROOM_PREFIXES = ("/newsroom/", "/documents/")


def policy_text(policy: dict[str, str]) -> str:
    """Return the value of a Content-Security-Policy header."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


class SecurityHeadersMiddleware:
    """Adds the content security policy and its companions to every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_newsroom = request.path.startswith(NEWSROOM_PREFIXES)
        is_preview = is_newsroom or getattr(request, "is_preview", False)
        policy = NEWSROOM_POLICY if is_preview else READERS_POLICY
        response.headers.setdefault("Content-Security-Policy", policy_text(policy))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if is_preview else "DENY")
        return response
