"""Taking a story down and putting it back: what will go is said first."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.contrib.redirects.models import Redirect

from broadsheet.newsdesk.story_view import StoryPageMixin
from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.publishing.put_back_story import NotTakenDownError, put_back_story
from broadsheet.publishing.take_down_story import NeverPublishedError, take_down_story
from broadsheet.stories.attachments import RelatedStory
from broadsheet.stories.models import PublishedVersion, RecordedKind, Story, TakedownGround
from broadsheet.stories.recorded_content import recorded_content
from broadsheet.stories.story_photos import photo_ids_in, shown_elsewhere
from broadsheet.stories.taken_down import TAKE_DOWN_STORY, TakenDownError


@dataclass(frozen=True)
class PhotoChoice:
    """A photo of the story, and where else readers see it."""

    photo: Photo
    elsewhere: list[str]


class TakeDownForm(forms.Form):
    """Why a story goes, what readers are told, and which photos go with it."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=TakedownGround.choices, widget=forms.RadioSelect)
    sentence = forms.CharField(
        label=gettext_lazy("Sentence for readers"),
        help_text=gettext_lazy("Stands at the story’s address from now on. Say nothing of what was in it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, for the record only"),
        help_text=gettext_lazy("Who asked, which ruling, who decided. Readers do not see it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Photos to go with it"),
        help_text=gettext_lazy("Their addresses answer “gone” at once. The originals stay in the house."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, photos: list[PhotoChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["photos"]
        if isinstance(offered, forms.TypedMultipleChoiceField):
            offered.choices = [(choice.photo.pk, _photo_label(choice)) for choice in photos]
        if not photos:
            del self.fields["photos"]


class PutBackForm(forms.Form):
    """Why a story comes back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, for the record only"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TakeDown(StoryPageMixin, FormView):
    """Says what will go, asks why, and takes the story down."""

    template_name = "newsdesk/record/take_down.html"
    form_class = TakeDownForm
    header_icon = "warning"
    label = gettext_lazy("Take down")
    right = TAKE_DOWN_STORY

    @cached_property
    def photos(self) -> list[PhotoChoice]:
        """The photos that readers see or saw in the story."""
        ids = photo_ids_in(recorded_content(self.story))
        last = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=self.story.pk).exclude(content={})
        for version in last.order_by("-number")[:1]:
            ids |= photo_ids_in(version.content)
        elsewhere = shown_elsewhere(ids, except_page=self.story.pk)
        found = Photo.objects.filter(pk__in=ids, withdrawn_at__isnull=True).order_by("pk")
        return [PhotoChoice(photo, elsewhere.get(photo.pk, [])) for photo in found]

    def get_initial(self) -> dict[str, Any]:
        """Suggest a sentence, and the photos that nothing else shows."""
        return {
            "sentence": _("This story has been taken down."),
            "photos": [choice.photo.pk for choice in self.photos if not choice.elsewhere],
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the photos to choose from."""
        return {**super().get_form_kwargs(), "photos": self.photos}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Take it down, and lead to the record."""
        wanted = form.cleaned_data
        try:
            take_down_story(
                story=self.story,
                user=self.user,
                ground=TakedownGround(wanted["ground"]),
                sentence=wanted["sentence"],
                reason=wanted["reason"],
                photo_ids=wanted.get("photos", []),
            )
        except NeverPublishedError:
            messages.error(self.request, _("Readers never saw this story. Delete the draft instead."))
            return redirect("wagtailadmin_pages:edit", self.story.pk)
        except TakenDownError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, _("The story is taken down. Its address now says so."))
        return redirect("newsdesk_story_record", self.story.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what will go."""
        return super().get_context_data(story=self.story, going=what_goes(self.story), **kwargs)


class PutBack(StoryPageMixin, FormView):
    """Asks why, and puts a taken down story back as a draft."""

    template_name = "newsdesk/record/put_back.html"
    form_class = PutBackForm
    header_icon = "undo"
    label = gettext_lazy("Put back")
    right = TAKE_DOWN_STORY

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the record when there is nothing to put back."""
        response = super().dispatch(request, *args, **kwargs)
        return response if self.takedown or request.method == "POST" else redirect(self._record())

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Put it back, and lead to the draft."""
        try:
            put_back_story(story=self.story, user=self.user, reason=form.cleaned_data["reason"])
        except NotTakenDownError:
            messages.error(self.request, _("This story is not taken down."))
        else:
            messages.success(
                self.request, _("The story is back as a draft. Readers do not see it until it is published.")
            )
        return redirect(self._record())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the takedown."""
        return super().get_context_data(story=self.story, takedown=self.takedown, **kwargs)

    def _record(self) -> str:
        return reverse("newsdesk_story_record", args=[self.story.pk])


def what_goes(story: Story) -> dict[str, Any]:
    """Return what taking a story down removes: addresses, and the pages of readers that show it."""
    old = Redirect.objects.filter(redirect_page_id=story.pk).values_list("old_path", flat=True)
    pinned = RelatedStory.objects.filter(related_id=story.pk).values("story_id")
    beside = BasePage.objects.filter(Q(pk__in=pinned), live=True).values_list("title", flat=True)
    return {
        "addresses": [address for address in (story.get_url(), *old) if address],
        "section": story.section,
        "topics": [row.topic for row in story.story_topics.select_related("topic")],
        "people": [row.contributor for row in story.bylines.select_related("contributor")],
        "beside": list(beside),
        "scheduled": story.revisions.filter(approved_go_live_at__isnull=False).exists(),
    }


def _photo_label(choice: PhotoChoice) -> str:
    name = f"{choice.photo.title} ({choice.photo.credit})" if choice.photo.credit else choice.photo.title
    if not choice.elsewhere:
        return name
    return _("%(photo)s, which readers also see in: %(places)s") % {
        "photo": name,
        "places": ", ".join(choice.elsewhere),
    }
