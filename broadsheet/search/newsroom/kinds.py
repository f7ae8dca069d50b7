"""Which models the newsroom searches, and what they are called in its index."""

from functools import cache

from django.db.models import Model

from broadsheet.bylines.models import Contributor
from broadsheet.pages.models import BasePage, NewsroomDocument
from broadsheet.photos.models import Photo
from broadsheet.search.engine.interface import Kind
from broadsheet.sections.models import Section
from broadsheet.stories.models import Series
from broadsheet.topics.models import Topic

MODELS: dict[Kind, type[Model]] = {
    Kind.SECTION: Section,
    Kind.TOPIC: Topic,
    Kind.PERSON: Contributor,
    Kind.SERIES: Series,
    Kind.FILE: NewsroomDocument,
    Kind.PHOTO: Photo,
    Kind.PAGE: BasePage,
}


@cache
def kind_of(model: type[Model]) -> Kind | None:
    """Return what an object of a model is in the index; stories, fronts and all other pages are pages."""
    return next((kind for kind, found in MODELS.items() if issubclass(model, found)), None)
