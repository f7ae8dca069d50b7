"""Puts the demonstration paper's pictures into the photo library, with the words that belong to them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from broadsheet.demo.paper_files import Paper
from broadsheet.demo.progress import Progress
from broadsheet.kit import clock
from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.models import Licence, Photo

NOON = dt.time(12)


def load_photos(paper: Paper, progress: Progress) -> dict[str, int]:
    """Add all pictures; return their keys by the paper's names for them. Raises PaperFileError, PhotoRefused."""
    names = {person["slug"]: person["name"] for person in paper.people}
    made = {}
    for number, told in enumerate(paper.photos, start=1):
        made[told["id"]] = _add(paper, told, names).pk
        progress("photos", number, len(paper.photos))
    return made


def _add(paper: Paper, told: dict[str, Any], names: dict[str, str]) -> Photo:
    path = paper.photo_file(told["id"])
    today = clock.local_date(clock.now())
    day = today - dt.timedelta(days=told["taken"]["days_ago"])
    with path.open("rb") as file:
        return add_photo(
            file=file,
            filename=path.name,
            title=told["id"].replace("-", " ").capitalize(),
            alt_text=told["alt"],
            caption=told["caption"],
            credit=told["credit"],
            photographer=names.get(told["photographer"], told["photographer"]),
            agency=names.get(told["agency"], told["agency"]),
            copyright_notice=told["copyright_notice"],
            usage_terms=told["usage_terms"],
            licence=Licence.AGENCY if told["agency"] else Licence.OWN,
            taken_at=timezone.make_aware(dt.datetime.combine(day, NOON)),
            taken_place=told["taken"]["place"],
        )
