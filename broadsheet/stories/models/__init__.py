"""The pages that stories make (stories, the months they stand in, standing information) and the record of them."""

from broadsheet.stories.attachments import Byline, BylineRole, RelatedStory, SimilarStory, StoryTopic
from broadsheet.stories.models.archive_pages import MonthPage, YearPage
from broadsheet.stories.models.information_page import InformationPage
from broadsheet.stories.models.story import Story
from broadsheet.stories.record import (
    Act,
    AmendmentKind,
    ChangeClass,
    FormerPhotoWords,
    PublishedVersion,
    RecordAmendment,
    RecordedKind,
    ShownPhoto,
    Source,
    Takedown,
    TakedownGround,
    UnrecordedChange,
)
from broadsheet.stories.series import Series, SeriesPart, SeriesRedirect
from broadsheet.stories.so_far import SoFarEntry, StorySoFar

__all__ = [
    "Act",
    "AmendmentKind",
    "Byline",
    "BylineRole",
    "ChangeClass",
    "FormerPhotoWords",
    "InformationPage",
    "MonthPage",
    "PublishedVersion",
    "RecordAmendment",
    "RecordedKind",
    "RelatedStory",
    "Series",
    "SeriesPart",
    "SeriesRedirect",
    "ShownPhoto",
    "SimilarStory",
    "SoFarEntry",
    "Source",
    "Story",
    "StorySoFar",
    "StoryTopic",
    "Takedown",
    "TakedownGround",
    "UnrecordedChange",
    "YearPage",
]
