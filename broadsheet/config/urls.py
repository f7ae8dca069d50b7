"""The URL map of the whole paper."""

from django.urls import include, path, register_converter
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as document_urls

from broadsheet.kit.url_converters import FourDigits, TwoDigits, UnicodeSlug

register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "mm")
register_converter(UnicodeSlug, "uslug")

urlpatterns = [
    path("newsroom/", include(newsroom_urls)),
    path("documents/", include(document_urls)),
    path("", include("broadsheet.ops.urls")),
    path("", include("broadsheet.masthead.urls")),
    path("", include("broadsheet.photos.urls")),
    path("", include("broadsheet.search.urls")),
    path("", include("broadsheet.fronts.urls")),
    path("", include("broadsheet.feeds.urls")),
    path("", include("broadsheet.stories.urls")),
    path("", include("broadsheet.pages.urls")),
]

handler404 = "broadsheet.stories.views.not_found"
handler500 = "broadsheet.masthead.views.server_error"
