"""Fills the paper up with synthetic stories, for measurements."""

import datetime as dt

from django.utils import timezone

from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.demo.progress import Progress, tell_nobody
from broadsheet.demo.synthetic import Shelves, synthetic_stories
from broadsheet.kit import clock
from broadsheet.photos.models import Photo
from broadsheet.sections.models import Section
from broadsheet.stories.bulk_load import bulk_load_stories
from broadsheet.stories.models import Byline
from broadsheet.topics.models import Topic

SOURCE_SLUG = "synthetic"
OLDER_THAN = dt.timedelta(days=61)
"""Synthetic stories begin where those of the demonstration paper end."""


def load_synthetic(*, total: int, progress: Progress | None = None) -> int:
    """See to it that the paper holds `total` synthetic stories; return how many have been added.

    Needs at least one section, one topic and one person, which the demonstration paper brings.
    """
    tell = progress or tell_nobody
    source, _ = Contributor.objects.get_or_create(
        slug=SOURCE_SLUG, defaults={"name": "Synthetic stories", "kind": ContributorKind.TEAM}
    )
    first = Byline.objects.filter(contributor=source).count()
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    people = Contributor.objects.filter(kind=ContributorKind.PERSON)
    shelves = Shelves(
        sections=list(Section.objects.values_list("pk", flat=True)),
        topics=list(Topic.objects.order_by("pk").values_list("pk", flat=True)),
        contributors=list(people.order_by("pk").values_list("pk", flat=True)),
        photos=list(Photo.objects.order_by("pk").values_list("pk", flat=True)),
        source=source.pk,
    )
    records = synthetic_stories(first=first, end=total, newest_at=midnight - OLDER_THAN, shelves=shelves)
    added = 0
    for batch in bulk_load_stories(records, batch_size=1_000):
        added += len(batch)
        tell("synthetic stories", first + added, total)
    return added
