"""The pages that stories make: the stories themselves, the months they stand in, and standing information."""

from broadsheet.stories.attachments import Byline, BylineRole, RelatedStory, StoryTopic
from broadsheet.stories.models.archive_pages import MonthPage, YearPage
from broadsheet.stories.models.information_page import InformationPage
from broadsheet.stories.models.story import Story

__all__ = [
    "Byline",
    "BylineRole",
    "InformationPage",
    "MonthPage",
    "RelatedStory",
    "Story",
    "StoryTopic",
    "YearPage",
]
