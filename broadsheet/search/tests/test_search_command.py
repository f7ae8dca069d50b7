"""What the operator does with the index."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from broadsheet.search.index_home import IndexHome
from broadsheet.search.rebuild_index import RebuiltElsewhereError, sole_builder
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_without_an_index_it_is_said_how_to_build_one(home: IndexHome) -> None:
    with pytest.raises(CommandError, match="search rebuild"):
        told("verify")


def test_an_index_is_built_verified_and_told_of(home: IndexHome) -> None:
    make_story(headline="Ferry returns")

    assert json.loads(told("rebuild", "--json"))["documents"] >= 1
    assert "is as it should be" in told("verify")
    status = json.loads(told("status", "--json"))
    assert status["lag"] == status["newsroom"]["lag"] == 0
    assert status["documents"] >= 2
    assert status["newsroom"]["documents"] >= 2
    assert "not applied yet" in told("status")


def test_what_is_wrong_is_named_and_ends_with_one(home: IndexHome) -> None:
    story = make_story(headline="Ferry returns")
    told("rebuild")
    Story.objects.filter(pk=story.pk).update(live=False)

    with pytest.raises(SystemExit) as ended:
        told("verify", "--json")

    assert ended.value.code == 1


def test_what_is_wrong_in_the_newsrooms_index_is_named_and_ends_with_one(home: IndexHome) -> None:
    story = make_story(headline="Ferry returns", live=False)
    told("rebuild")
    Story.objects.filter(pk=story.pk).update(draft_title="Boat returns", title="Boat returns")
    out = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("search", "verify", stdout=out, stderr=out)

    assert ended.value.code == 1
    assert f"not as they were last saved: page:{story.pk}" in out.getvalue()


def test_two_do_not_build_at_once(home: IndexHome) -> None:
    with sole_builder(home):
        with pytest.raises(CommandError, match="Another process"):
            told("rebuild")
        with pytest.raises(RebuiltElsewhereError), sole_builder(home):
            pass
