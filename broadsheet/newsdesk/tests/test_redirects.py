"""The list of redirects in the newsroom: made by hand, imported and exported, by an editor."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from wagtail.contrib.redirects.models import Redirect

from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
ROWS = [("from", "to"), ("/old/", "/new/"), ("/older/", "/old/"), ("/elsewhere/", "https://other.example/a")]


def import_list(client: Client, name: str, content: bytes) -> Any:
    """Send a file and confirm what Wagtail understood of it; return the last answer."""
    shown = client.post(
        reverse("wagtailredirects:start_import"), {"import_file": SimpleUploadedFile(name, content)}, follow=True
    )
    form = shown.context.get("form") if shown.context else None
    if form is None or "input_format" not in form.initial:
        return shown
    sent = {**form.initial, "from_index": 0, "to_index": 1, "permanent": "on"}
    return client.post(reverse("wagtailredirects:process_import"), sent, follow=True)


def as_csv() -> bytes:
    return "\n".join(",".join(row) for row in ROWS).encode()


def as_xlsx() -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("name", "content"), [("list.csv", as_csv()), ("list.xlsx", as_xlsx())])
def test_an_editor_imports_a_list_and_it_is_flat(client: Client, sign_in: SignIn, name: str, content: bytes) -> None:
    sign_in("Editor")

    import_list(client, name, content)

    found = dict(Redirect.objects.values_list("old_path", "redirect_link"))
    new = "http://127.0.0.1:8000/new/"
    assert found == {"/old": new, "/older": new, "/elsewhere": "https://other.example/a"}


def test_a_list_comes_back_as_it_was_exported(client: Client, sign_in: SignIn) -> None:
    story = make_story()
    Redirect.add_redirect("/old/", story)
    Redirect.add_redirect("/elsewhere/", "https://other.example/a")
    sign_in("Editor")
    index = reverse("wagtailredirects:index")

    exported = client.get(f"{index}?export=csv")
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{index}?export=xlsx").streaming_content)))
    text = b"".join(exported.streaming_content)
    Redirect.objects.all().delete()
    import_list(client, "list.csv", text)

    assert book.active.max_row == 3
    assert Redirect.objects.get(old_path="/old").redirect_page_id == story.pk
    assert Redirect.objects.get(old_path="/elsewhere").redirect_link == "https://other.example/a"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.exe", b"MZ"),
        ("list.csv", b"\xff\xfe\x00\x01\x80"),
        ("list.csv", b""),
        ("list.xlsx", b"not a workbook"),
        ("list.xlsx", b"PK\x03\x04broken"),
        ("list.csv", b"from,to\n/a/,javascript:alert(1)\n/b/,\n,/c/\n"),
        ("list.csv", b"from\n/only-one-column/\n"),
    ],
)
def test_a_hostile_or_broken_file_changes_nothing(client: Client, sign_in: SignIn, name: str, content: bytes) -> None:
    sign_in("Editor")

    answer = import_list(client, name, content)

    assert answer.status_code == 200
    assert not Redirect.objects.exists()


def test_a_redirect_to_itself_is_refused_with_a_sentence(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")

    answer = client.post(
        reverse("wagtailredirects:add"), {"old_path": "/a/", "redirect_link": "/a", "is_permanent": "on"}
    )

    assert "This leads back to its own address." in answer.content.decode()
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(("role", "may"), [("Reporter", False), ("Editor", True), ("Publisher", True)])
def test_redirects_are_for_editors(client: Client, sign_in: SignIn, role: str, may: bool) -> None:
    sign_in(role)

    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    start = client.get(reverse("wagtailredirects:start_import"))

    assert (reverse("wagtailredirects:index") in menu) == may
    assert (start.status_code == 200) == may
