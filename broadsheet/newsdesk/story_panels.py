"""How stories and information pages are edited: tabs, fields, counters and previews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from broadsheet.newsdesk.editor_panels import KeptTyping, WaitingChanges
from broadsheet.newsdesk.story_form import BodyForm, StoryForm
from broadsheet.stories import readiness
from broadsheet.stories.readiness import Lengths


def counted(lengths: Lengths) -> dict[str, Any]:
    """Return the attributes by which story-editor.js shows how long a text is, and how long it should be."""
    return {
        "data-counted": "",
        "data-good-from": lengths.good_from,
        "data-good-to": lengths.good_to,
        "data-warn-over": lengths.warn_over,
    }


TEXT = ObjectList(
    [
        KeptTyping(),
        WaitingChanges(),
        FieldPanel("kicker"),
        TitleFieldPanel(
            "title",
            heading=_("Headline"),
            placeholder=_("Headline*"),
            help_text=_("Good up to 70 characters; 160 are the most."),
            attrs=counted(readiness.HEADLINE),
        ),
        FieldPanel("short_headline", attrs=counted(readiness.SHORT_HEADLINE)),
        FieldPanel(
            "standfirst",
            help_text=_("One or two sentences below the headline; 120 to 250 characters read well."),
            attrs=counted(readiness.STANDFIRST),
        ),
        InlinePanel(
            "bylines",
            heading=_("Bylines"),
            label=_("byline"),
            panels=[FieldPanel("contributor"), FieldRowPanel([FieldPanel("role"), FieldPanel("place")])],
        ),
        MultiFieldPanel(
            [FieldPanel("lead_photo"), FieldPanel("lead_photo_caption")],
            heading=_("Lead photo"),
        ),
        FieldRowPanel([FieldPanel("dateline_place"), FieldPanel("dateline_text")], heading=_("Dateline")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("change_class", widget=forms.RadioSelect),
                FieldPanel("change_note"),
                FieldPanel("change_is_serious", classname="told-readers__weight"),
            ],
            heading=_("What readers are told"),
            classname="told-readers",
        ),
    ],
    heading=_("Text"),
)
FILING = ObjectList(
    [
        FieldPanel("section", widget=forms.Select),
        MultipleChooserPanel(
            "story_topics",
            chooser_field_name="topic",
            heading=_("Topics"),
            label=_("topic"),
            panels=[FieldPanel("topic")],
        ),
        HelpPanel(template="newsdesk/topic_suggestions.html", heading=_("Topics found in the text")),
        FieldPanel("shows_so_far", widget=forms.CheckboxInput),
        FieldRowPanel([FieldPanel("work_type"), FieldPanel("language")], heading=_("Kind")),
        MultiFieldPanel([FieldPanel("is_sensitive"), FieldPanel("comments_open")], heading=_("Care")),
        MultipleChooserPanel(
            "pinned_related",
            chooser_field_name="related",
            heading=_("Related stories"),
            label=_("related story"),
            panels=[FieldPanel("related")],
            help_text=_("Shown before those that are found by topic and section."),
        ),
        PublishingPanel(),
        CommentPanel(),
    ],
    heading=_("Filing"),
)
SEARCH_AND_SOCIAL = ObjectList(
    [
        HelpPanel(template="newsdesk/search_preview.html", heading=_("In search results")),
        FieldPanel(
            "slug", help_text=_("The last part of the story’s address; it follows the headline until you change it.")
        ),
        FieldPanel(
            "seo_title",
            heading=_("Title for search engines"),
            help_text=_("The headline when empty."),
            attrs=counted(readiness.SEARCH_TITLE),
        ),
        FieldPanel(
            "search_description",
            heading=_("Description for search engines"),
            help_text=_("The standfirst when empty."),
            attrs=counted(readiness.SEARCH_DESCRIPTION),
        ),
        HelpPanel(template="newsdesk/social_preview.html", heading=_("As a shared link")),
        FieldPanel("social_title", attrs=counted(readiness.SOCIAL_TITLE)),
        FieldPanel("social_description", attrs=counted(readiness.SOCIAL_DESCRIPTION)),
        FieldPanel("social_photo"),
        FieldPanel("canonical_url"),
    ],
    heading=_("Search & social"),
)
STORY_EDITOR = TabbedInterface([TEXT, FILING, SEARCH_AND_SOCIAL], base_form_class=StoryForm)

INFORMATION_PAGE_EDITOR = TabbedInterface(
    [
        ObjectList(
            [KeptTyping(), TitleFieldPanel("title"), FieldPanel("standfirst"), FieldPanel("body")], heading=_("Text")
        ),
        ObjectList(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("language"),
                PublishingPanel(),
                CommentPanel(),
            ],
            heading=_("Search & publishing"),
        ),
    ],
    base_form_class=BodyForm,
)
