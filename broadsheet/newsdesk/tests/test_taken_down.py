"""Taken down stories in the newsroom: who does it, who may read them, and that nobody else sees a word."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.newsdesk.notifications.models import Notice
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.stories.models import PublishedVersion, Story, Takedown, TakedownGround
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db

SECRET = "Odd Berg"
HEADLINE = "The harbour master"
FILLED = {"ground": "safety", "sentence": "This story has been taken down.", "reason": "He was threatened."}


@pytest.fixture
def photo() -> Photo:
    return PhotoFactory.create(title="Harbour")


@pytest.fixture
def story(photo: Photo) -> Story:
    body = [{"type": "paragraph", "value": f"<p>His name is {SECRET}.</p>", "id": "1"}]
    made = make_story(headline=HEADLINE, standfirst=f"Who {SECRET} is.", live=False, body=body, lead_photo=photo)
    publish_story(story=made, user=UserFactory.create())
    return made


@pytest.fixture
def gone(story: Story) -> Story:
    take_down_story(
        story=story,
        user=UserFactory.create(),
        ground=TakedownGround.SAFETY,
        sentence=FILLED["sentence"],
        reason=FILLED["reason"],
    )
    return story


def allowed(client: Client, address: str) -> bool:
    response = client.get(address)
    return response.status_code == 200


@pytest.mark.parametrize(
    "role", ["Reporter", "Photographer", "Section editor", "Editor", "Moderator", "Publisher", "Admin"]
)
def test_who_takes_down_and_who_reads_what_was_taken_down(
    client: Client, sign_in: SignIn, story: Story, role: str
) -> None:
    sign_in(role)
    may_take_down = allowed(client, reverse("newsdesk_take_down", args=[story.pk]))
    take_down_story(
        story=story, user=UserFactory.create(), ground=TakedownGround.LEGAL, sentence="Gone.", reason="Ruling."
    )

    version = client.get(reverse("newsdesk_story_version", args=[story.pk, 1]))

    assert may_take_down == (role in {"Editor", "Publisher", "Admin"})
    assert (SECRET in version.content.decode()) == (role in {"Publisher", "Admin"})
    reads = PageLogEntry.objects.filter(action="broadsheet.read_taken_down", page_id=story.pk)
    assert reads.count() == (1 if role in {"Publisher", "Admin"} else 0)


def test_an_editor_is_told_what_goes_and_takes_it_down(
    client: Client, sign_in: SignIn, story: Story, photo: Photo
) -> None:
    editor = sign_in("Editor")
    address = reverse("newsdesk_take_down", args=[story.pk])

    page = client.get(address).content.decode()
    done = client.post(address, {**FILLED, "photos": [photo.pk]})

    assert story.url in page
    assert "Harbour (RU PHOTO/MARIT SOLENG)" in page
    assert done["Location"] == reverse("newsdesk_story_record", args=[story.pk])
    taken = Takedown.objects.get(page_id=story.pk)
    assert (taken.by_id, taken.photo_ids) == (editor.pk, [photo.pk])


def test_a_photo_that_another_story_shows_is_not_chosen_by_itself(
    client: Client, sign_in: SignIn, story: Story, photo: Photo
) -> None:
    make_story(headline="Another story", lead_photo=photo)
    sign_in("Editor")

    form = client.get(reverse("newsdesk_take_down", args=[story.pk])).context["form"]

    assert form.initial["photos"] == []
    assert "Another story" in form.fields["photos"].choices[0][1]


@pytest.mark.parametrize("missing", ["ground", "sentence", "reason"])
def test_nothing_is_taken_down_without_ground_sentence_and_reason(
    client: Client, sign_in: SignIn, story: Story, missing: str
) -> None:
    sign_in("Editor")

    response = client.post(reverse("newsdesk_take_down", args=[story.pk]), {**FILLED, missing: ""})

    assert response.context["form"].errors.keys() == {missing}
    assert not Takedown.objects.exists()


def views_of(story: Story) -> list[str]:
    pk, revision = story.pk, story.get_latest_revision().pk
    pages = ["edit", "history", "history_results", "usage", "view_draft", "copy", "revisions_index", "preview_on_edit"]
    pages += ["workflow_history", "unpublish", "delete", "move"]
    return [reverse(f"wagtailadmin_pages:{name}", args=[pk]) for name in pages] + [
        reverse("wagtailadmin_pages:revisions_view", args=[pk, revision]),
        reverse("wagtailadmin_pages:revisions_revert", args=[pk, revision]),
        reverse("wagtailadmin_pages:revisions_compare", args=[pk, "earliest", "latest"]),
        f"/newsroom/api/main/pages/{pk}/",
    ]


def lists(story: Story) -> list[str]:
    month = story.get_parent().pk
    return [
        reverse("wagtailadmin_home"),
        reverse("newsdesk_stories"),
        reverse("newsdesk_stories") + "?state=taken-down",
        reverse("newsdesk_stories") + "?q=harbour",
        reverse("wagtailadmin_explore", args=[month]),
        reverse("wagtailadmin_pages:search") + "?q=harbour",
        reverse("wagtailadmin_choose_page_search") + "?q=harbour",
        reverse("wagtailadmin_choose_page_child", args=[month]),
        reverse("newsdesk_board_by_stage"),
        reverse("newsdesk_board_by_due_time"),
        reverse("newsdesk_notices"),
        reverse("newsdesk_story_desk", args=[story.pk]),
        reverse("newsdesk_what_will_change", args=[story.pk]),
        reverse("newsdesk_audit"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("fronts_board:stories") + "?q=harbour",
        reverse("newsdesk_story_record", args=[story.pk]),
        reverse("newsdesk_put_back", args=[story.pk]),
        "/newsroom/api/main/pages/",
    ]


@pytest.mark.parametrize("role", ["Editor", "superuser"])
def test_no_view_of_the_newsroom_shows_a_word_of_it(client: Client, sign_in: SignIn, gone: Story, role: str) -> None:
    if role == "superuser":
        reader = User.objects.create_superuser("root@paper.example", "tide tables")
        client.force_login(reader)
    else:
        reader = sign_in(role)
    Notice.objects.create(user=reader, kind="note", key="1", story_id=gone.pk, headline=HEADLINE, words=SECRET)
    names = {SECRET, HEADLINE}

    told = [
        (address, name)
        for address in (*views_of(gone), *lists(gone))
        if role != "superuser" or address != reverse("newsdesk_audit")  # who may read it finds its headline there
        for name in names
        if name in client.get(address, follow=True).content.decode()
    ]

    assert told == []


def test_it_stands_in_the_list_of_stories_by_its_number(client: Client, sign_in: SignIn, gone: Story) -> None:
    sign_in("Editor")

    page = client.get(reverse("newsdesk_stories")).content.decode()

    assert f"Taken down (story {gone.pk})" in page
    assert reverse("newsdesk_story_record", args=[gone.pk]) in page


def test_nobody_publishes_it_from_the_newsroom(client: Client, sign_in: SignIn, gone: Story) -> None:
    sign_in("Admin")

    response = client.post(reverse("wagtailadmin_pages:edit", args=[gone.pk]), {"action-publish": "1"}, follow=True)
    client.post(f"/newsroom/bulk/pages/basepage/publish/?next=/newsroom/&id={gone.pk}")

    assert "closed until it is put back" in response.content.decode()
    assert not Story.objects.get(pk=gone.pk).live


def test_it_is_refused_in_the_language_that_the_editor_chose(client: Client, sign_in: SignIn, gone: Story) -> None:
    UserProfile.objects.update_or_create(user=sign_in("Editor"), defaults={"preferred_language": "ar"})

    response = client.get(reverse("wagtailadmin_pages:edit", args=[gone.pk]), follow=True)

    assert "هذا المقال مُزال. يبقى مغلقاً حتى يُعاد." in response.content.decode()


def test_readers_are_told_that_it_is_gone_and_nothing_else(client: Client, gone: Story) -> None:
    old = f"{gone.url}changes/"

    for address in (gone.url, old, f"{gone.url}changes/1/", f"{gone.url}changes.json"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert FILLED["sentence"] in answer.content.decode()
        assert HEADLINE not in answer.content.decode()
    assert HEADLINE not in client.get("/").content.decode()


def test_an_editor_puts_it_back_as_a_draft(client: Client, sign_in: SignIn, gone: Story) -> None:
    sign_in("Editor")

    client.post(reverse("newsdesk_put_back", args=[gone.pk]), {"reason": "The danger has passed."})

    back = Story.objects.get(pk=gone.pk)
    assert (back.live, back.draft_title) == (False, HEADLINE)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[gone.pk])).status_code == 200


def test_a_photo_that_went_with_it_is_offered_to_nobody_and_kept_for_few(
    client: Client, sign_in: SignIn, story: Story, photo: Photo
) -> None:
    take_down_story(
        story=story,
        user=UserFactory.create(),
        ground=TakedownGround.SAFETY,
        sentence="Gone.",
        reason="Threat.",
        photo_ids=[photo.pk],
    )
    sign_in("Editor")
    original = f"/media/{photo.file.name}"

    chooser = client.get(reverse("wagtailimages_chooser:choose_results")).content.decode()
    for_editor = client.get(original).status_code
    sign_in("Publisher")
    for_publisher = client.get(original)

    assert "Harbour" not in chooser
    assert (for_editor, for_publisher.status_code) == (404, 200)
    for_publisher.close()


def test_what_was_published_is_never_deleted(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Admin")
    month = story.get_parent()

    one = client.post(reverse("wagtailadmin_pages:delete", args=[story.pk]), follow=True)
    whole = client.post(reverse("wagtailadmin_pages:delete", args=[month.pk]), follow=True)
    for pk in (story.pk, month.pk):
        client.post(
            f"/newsroom/bulk/pages/basepage/delete/?next=/newsroom/&id={pk}", {"confirm_site_name": "Broadsheet"}
        )

    sentence = "unpublish it or take it down"
    assert sentence in one.content.decode()
    assert sentence in whole.content.decode()
    assert Story.objects.filter(pk=story.pk).exists()


def test_not_even_an_admin_deletes_it_from_the_editor(sign_in: SignIn, story: Story) -> None:
    superuser = User.objects.create_superuser("root@paper.example", "tide tables")

    for user in (sign_in("Admin"), superuser):
        assert not story.permissions_for_user(user).can_delete()


def test_a_draft_may_be_deleted(client: Client, sign_in: SignIn) -> None:
    draft = make_story(headline="Never mind", live=False)
    sign_in("Editor")

    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))

    assert not Story.objects.filter(pk=draft.pk).exists()


def test_the_record_names_every_version_with_who_and_why(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")
    version = PublishedVersion.objects.get(object_id=story.pk)

    page = client.get(reverse("newsdesk_story_record", args=[story.pk])).content.decode()

    assert version.by_name in page
    assert "Newsroom" in page
    assert reverse("wagtailadmin_pages:revisions_view", args=[story.pk, version.revision_id]) in page


def test_the_editor_of_a_story_leads_to_its_record(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert reverse("newsdesk_story_record", args=[story.pk]) in page
    assert reverse("newsdesk_take_down", args=[story.pk]) in page


def test_rights_over_the_record_are_offered_to_other_groups(client: Client, sign_in: SignIn) -> None:
    sign_in("Admin")
    group = Group.objects.get(name="Moderator")

    page = client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()

    for right in ("take a story down", "read what was taken down", "withdraw notes", "who did what"):
        assert right in page
