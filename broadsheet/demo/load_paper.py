"""Loads the demonstration paper into an empty house."""

from django.db import transaction

from broadsheet.bylines.models import Contributor
from broadsheet.demo.load_people import Login, load_people, logins
from broadsheet.demo.load_photos import load_photos
from broadsheet.demo.load_shelves import load_sections, load_series, load_topics, tell_stories_so_far
from broadsheet.demo.load_site import (
    arrange_front_page,
    load_masthead,
    load_menus,
    load_standing_pages,
    write_standing_pages,
)
from broadsheet.demo.load_stories import load_stories
from broadsheet.demo.paper_files import Paper
from broadsheet.demo.progress import Progress, tell_nobody
from broadsheet.demo.story_markup import Places
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic


def is_loaded(paper: Paper) -> bool:
    """Tell whether this database holds the paper already: its first contributor is known."""
    return Contributor.objects.filter(slug=paper.people[0]["slug"]).exists()


@transaction.atomic
def load_paper(*, password: str, paper: Paper | None = None, progress: Progress | None = None) -> list[Login]:
    """Load the demonstration paper whole, or not at all; return the sign-ins, one for each role.

    Does nothing when it has been loaded before. `password` is that of every sign-in. `progress` is told what is being
    loaded, how much of it is done, and how much there is. Raises PaperFileError and whatever the rooms refuse.
    """
    paper = paper or Paper()
    if is_loaded(paper):
        return logins(paper)
    tell = progress or tell_nobody
    photos = load_photos(paper, tell)
    sections = load_sections(paper)
    topics = load_topics(paper)
    contributors = load_people(paper, photos=photos, password=password)
    named: dict[tuple[str, str], Section | Topic | Contributor] = {
        **{("section", slug): section for slug, section in sections.items()},
        **{("topic", slug): topic for slug, topic in topics.items()},
        **{("by", slug): contributor for slug, contributor in contributors.items()},
    }
    places = Places(
        photos=photos,
        pages=load_standing_pages(paper),
        keys={name: thing.pk for name, thing in named.items()},
        addresses={name: thing.get_absolute_url() for name, thing in named.items()},
    )
    load_stories(paper, places=places, topics=topics, contributors=contributors, progress=tell)
    load_series(paper, pages=places.pages)
    tell_stories_so_far(paper, topics=topics, pages=places.pages)
    write_standing_pages(paper, places=places)
    load_masthead(paper, places=places)
    load_menus(paper, places=places)
    arrange_front_page(paper, places=places)
    return logins(paper)
