"""Every answer carries the headers that keep a page from doing what it was not written to do."""

import pytest
from django.test import Client

from broadsheet.masthead.security_headers import NEWSROOM_POLICY, READERS_POLICY, policy_text
from broadsheet.stories.tests.factories import make_story

FOR_EVERYONE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_readers_pages_may_run_and_frame_nothing_foreign() -> None:
    assert READERS_POLICY["default-src"] == "'none'"
    for directive in ("script-src", "style-src"):
        assert READERS_POLICY[directive] == "'self'"
    assert READERS_POLICY["frame-ancestors"] == "'none'"
    assert not any("unsafe" in sources or "nonce" in sources for sources in READERS_POLICY.values())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/nothing/", "/healthz", "/newsroom/login/", "story"])
def test_every_answer_carries_the_headers(client: Client, address: str) -> None:
    address = make_story(headline="Ferry returns").url if address == "story" else address

    answer = client.get(address)

    assert {name: answer.headers.get(name) for name in FOR_EVERYONE} == FOR_EVERYONE
    policy = NEWSROOM_POLICY if address.startswith("/newsroom/") else READERS_POLICY
    assert answer.headers["Content-Security-Policy"] == policy_text(policy)


@pytest.mark.django_db
def test_readers_answers_set_no_cookie(client: Client) -> None:
    story = make_story(headline="Ferry returns")

    for address in ("/", story.url, "/2026/", "/nothing/", "/healthz"):
        assert not client.get(address).cookies
