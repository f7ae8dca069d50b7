"""The hub with a subscriber of its own on this machine, as the recommendation's own tests go about it."""

import datetime as dt
import hashlib
import hmac
import http.server
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from django.test import Client

from broadsheet.delivery.render_page import RenderedPage, Renderer, RenderFailedError
from broadsheet.feeds.models import HubRequest, HubTopic, Subscription
from broadsheet.feeds.websub import accept_request, pauses, render_feeds, run_hub, send_feeds, tell_hub
from broadsheet.kit import clock
from broadsheet.kit.outbound import ask as asking
from broadsheet.kit.outbound import public_hosts
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import ChangeClass
from broadsheet.stories.tests.recording import change, paragraphs, publish, take_down
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
TOPIC = f"{SITE}/feed/"


class Subscriber(http.server.ThreadingHTTPServer):
    """Somebody who subscribes; also stands for another's hub."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listening)
        self.asked: list[dict[str, str]] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.wants = True
        self.answers = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/callback?mine=1"


class Listening(http.server.BaseHTTPRequestHandler):
    server: Subscriber

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(query)
        self._answer(200 if self.server.wants else 404, query.get("hub.challenge", ""))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self._answer(self.server.answers, "")

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def subscriber(monkeypatch: pytest.MonkeyPatch) -> Iterator[Subscriber]:
    server = Subscriber()
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    monkeypatch.setattr(public_hosts, "is_public", lambda _: True)
    monkeypatch.setattr(asking, "PORTS", {"http": server.server_port})
    yield server
    server.shutdown()
    server.server_close()


def ask_hub(client: Client, url: str, **more: str) -> int:
    fields = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": url}
    fields |= {f"hub.{name}": value for name, value in more.items()}
    return client.post("/-/websub/", fields).status_code


def work(renderer: Renderer | None = None) -> None:
    renderer = renderer or Renderer()
    while run_hub.step(renderer):
        pass


class Failing(Renderer):
    """Renders whatever is not at an address."""

    def __init__(self, failing: str, error: BaseException) -> None:
        super().__init__()
        self.failing, self.error = failing, error

    def render(self, name: str) -> RenderedPage:
        if name == self.failing:
            raise self.error
        return super().render(name)


def test_feeds_name_the_hub_and_themselves(client: Client) -> None:
    for form in ("", "atom/"):
        answer = client.get(f"/feed/{form}")
        links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
        assert (links["hub"], links["self"]) == (f"{SITE}/-/websub/", f"{TOPIC}{form}")
        assert answer["Link"] == f'<{SITE}/-/websub/>; rel="hub", <{TOPIC}{form}>; rel="self"'
    assert client.get("/feed/json/").json()["hubs"] == [{"type": "WebSub", "url": f"{SITE}/-/websub/"}]
    corrections = client.get("/corrections/feed/")
    links = {link.rel: link.href for link in feedparser.parse(corrections.content).feed.links}
    assert (links["hub"], links["self"]) == (f"{SITE}/-/websub/", f"{SITE}/corrections/feed/")
    assert corrections["Link"] == f'<{SITE}/-/websub/>; rel="hub", <{SITE}/corrections/feed/>; rel="self"'


def test_whoever_subscribes_is_asked_back_and_gets_what_changes_signed(client: Client, subscriber: Subscriber) -> None:
    publish("One.", headline="Before")
    assert ask_hub(client, subscriber.url, secret="hush", lease_seconds="86400") == 202
    work()
    asked = subscriber.asked[0]
    assert (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]) == ("subscribe", TOPIC, "86400")
    assert asked["mine"] == "1"
    assert subscriber.got == []

    story = publish("Two.", headline="After", hours=1)
    work()

    headers, body = subscriber.got[0]
    assert "After" in {entry.title for entry in feedparser.parse(body).entries}
    assert headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert headers["X-Hub-Signature"] == f"sha256={hmac.new(b'hush', body, hashlib.sha256).hexdigest()}"
    assert 'rel="hub"' in headers["Link"]
    assert body == client.get("/feed/").content

    change(story, ChangeClass.CORRECTION, hours=3, note="It was six.", body=paragraphs("It was six."))
    take_down(publish("Three.", headline="Gone", hours=4), "Gone.")
    work()

    assert "It was six." in subscriber.got[-1][1].decode()
    assert "Three." not in subscriber.got[-1][1].decode()


def test_what_changes_no_feed_that_is_subscribed_to_is_not_sent(client: Client, subscriber: Subscriber) -> None:
    section = SectionFactory()
    ask_hub(client, subscriber.url, topic=f"{SITE}{section.get_absolute_url()}feed/atom/")
    work()

    publish("One.")
    work()

    assert subscriber.got == []


def test_nobody_subscribes_for_another(client: Client, subscriber: Subscriber) -> None:
    subscriber.wants = False
    assert ask_hub(client, subscriber.url) == 202
    work()

    publish("One.")
    work()

    assert len(subscriber.asked) == 1
    assert subscriber.got == []
    assert not HubRequest.objects.exists()


def test_nobody_unsubscribes_another(client: Client, subscriber: Subscriber) -> None:
    ask_hub(client, subscriber.url)
    work()
    subscriber.wants = False
    ask_hub(client, subscriber.url, mode="unsubscribe")
    work()
    assert Subscription.objects.count() == 1

    subscriber.wants = True
    ask_hub(client, subscriber.url, mode="unsubscribe")
    work()

    assert not Subscription.objects.exists()
    assert not HubTopic.objects.exists()


def test_whoever_does_not_answer_is_tried_again_later_with_what_is_true_then(
    client: Client, subscriber: Subscriber, time_machine: Any
) -> None:
    ask_hub(client, subscriber.url)
    work()
    subscriber.answers = 500
    publish("One.", headline="First")
    work()
    assert len(subscriber.got) == 1
    assert Subscription.objects.get().failures == 1

    subscriber.answers = 200
    time_machine.move_to(clock.now() + dt.timedelta(seconds=11))
    work()

    assert len(subscriber.got) == 2
    assert Subscription.objects.get().send_at is None


def test_a_change_brings_nobody_nearer_who_does_not_answer(client: Client, subscriber: Subscriber) -> None:
    ask_hub(client, subscriber.url)
    work()
    subscriber.answers = 500
    publish("One.", headline="First")
    work()
    waits_until = Subscription.objects.get().send_at
    publish("Two.", headline="Second")
    work()

    assert len(subscriber.got) == 1
    assert Subscription.objects.get().send_at == waits_until

    Subscription.objects.update(send_at=None, failures=pauses.MOST_FAILURES)
    publish("Three.", headline="Third")
    work()

    assert len(subscriber.got) == 1
    given_up = Subscription.objects.get()
    assert given_up.failures == pauses.MOST_FAILURES
    assert given_up.send_at > clock.now() + dt.timedelta(minutes=59)


def test_a_host_that_does_not_answer_holds_up_no_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    topic, now, tried = HubTopic.objects.create(path="/feed/", as_of=0), clock.now(), []
    for number, host in enumerate([*["slow.example"] * 8, *["dead.example"] * 8, "quick.example"]):
        Subscription.objects.create(
            topic=topic, callback=f"http://{host}/{number}", host=host, ends_at=now + dt.timedelta(days=1), send_at=now
        )
    monkeypatch.setattr(send_feeds, "AT_ONCE", 9)
    monkeypatch.setattr(send_feeds, "_send", lambda one: tried.append(one.host) or 0)

    send_feeds.send_due_feeds()

    assert sorted(tried) == [*["dead.example"] * 4, "quick.example", *["slow.example"] * 4]


def test_a_feed_that_cannot_be_made_holds_up_no_other_and_is_tried_again(
    client: Client, subscriber: Subscriber, time_machine: Any
) -> None:
    for topic in (TOPIC, f"{TOPIC}atom/"):
        ask_hub(client, subscriber.url, topic=topic)
    work()
    publish("One.", headline="First")
    work(Failing("/feed/", RenderFailedError("A template is broken.")))
    assert [headers["Content-Type"][:20] for headers, _ in subscriber.got] == ["application/atom+xml"]

    work()
    assert len(subscriber.got) == 1
    time_machine.move_to(clock.now() + dt.timedelta(seconds=11))
    work()
    assert b"First" in subscriber.got[1][1]


def test_a_hub_that_is_killed_while_it_renders_forgets_nothing(client: Client, subscriber: Subscriber) -> None:
    ask_hub(client, subscriber.url)
    work()
    publish("One.", headline="First")
    with pytest.raises(KeyboardInterrupt):
        work(Failing("/feed/", KeyboardInterrupt()))

    work()

    assert b"First" in subscriber.got[0][1]


def test_whoever_has_lost_the_turn_does_nothing_more(client: Client, subscriber: Subscriber) -> None:
    ask_hub(client, subscriber.url)
    turns = iter([True, True, False, False])

    run_hub.step(Renderer(), lambda: next(turns))

    assert subscriber.asked == []


def test_a_change_to_many_feeds_is_noted_in_one_go(django_assert_max_num_queries: Any) -> None:
    render_feeds.begun()
    HubTopic.objects.bulk_create(HubTopic(path=f"/{n}/feed/", keys=["l:latest:0"], as_of=0) for n in range(20))
    publish("One.")

    with django_assert_max_num_queries(10):
        render_feeds.follow_log()

    assert not HubTopic.objects.filter(due_seq=0).exists()


def test_feeds_in_every_script_can_be_subscribed_to(client: Client, subscriber: Subscriber) -> None:
    topic = TopicFactory.create(slug="فيضانات")
    address = f"{SITE}{topic.get_absolute_url()}feed/"
    ask_hub(client, subscriber.url, topic=address)
    work()
    publish("One.", headline="First", topics=[topic])
    work()

    assert subscriber.asked[0]["hub.topic"] == address
    assert b"First" in subscriber.got[0][1]


def test_whoever_subscribes_to_the_corrections_hears_of_them(client: Client, subscriber: Subscriber) -> None:
    story = publish("It was five.")
    ask_hub(client, subscriber.url, topic=f"{SITE}/corrections/feed/")
    work()
    change(story, ChangeClass.CORRECTION, hours=3, note="It was six.", body=paragraphs("It was six."))
    work()

    assert "It was six." in subscriber.got[0][1].decode()


def test_subscriptions_go_with_a_topic_that_is_merged_and_end_with_a_place_that_goes(
    client: Client, subscriber: Subscriber
) -> None:
    boats, ferries, section = TopicFactory.create(), TopicFactory.create(slug="ferries"), SectionFactory.create()
    for place in (boats, section):
        ask_hub(client, subscriber.url, topic=f"{SITE}{place.get_absolute_url()}feed/")
    work()
    boats.merged_into = ferries
    boats.save()
    section.delete()
    work()
    assert [row.topic.path for row in Subscription.objects.select_related("topic")] == ["/topic/ferries/feed/"]

    publish("One.", headline="First", topics=[ferries])
    work()

    headers, body = subscriber.got[-1]
    assert b"First" in body
    assert headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert all(sent for _, sent in subscriber.got)


def test_a_feed_is_sent_when_the_rights_of_its_photo_end(
    client: Client, subscriber: Subscriber, time_machine: Any
) -> None:
    today = clock.local_date(clock.now())
    publish("One.", lead_photo=PhotoFactory(rights_expire_on=today + dt.timedelta(days=3)))
    ask_hub(client, subscriber.url)
    work()
    assert b"/media/r/" in bytes(HubTopic.objects.get().body)

    time_machine.move_to(clock.now() + dt.timedelta(days=5))
    work()

    assert b"/media/r/" not in subscriber.got[0][1]


def test_another_program_makes_all_feeds_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    HubTopic.objects.create(path="/feed/", as_of=0, epoch=1)
    monkeypatch.setattr(render_feeds, "present_epoch", lambda: 2)
    assert render_feeds.render_due_feeds(Renderer()) == 1

    assert render_feeds.render_due_feeds(Renderer()) == 0
    assert HubTopic.objects.get().epoch == 2


def test_whoever_says_that_he_is_gone_is_forgotten(client: Client, subscriber: Subscriber) -> None:
    ask_hub(client, subscriber.url)
    work()
    subscriber.answers = 410
    publish("One.")
    work()

    assert not Subscription.objects.exists()


def test_a_subscription_ends_with_its_lease(client: Client, subscriber: Subscriber, time_machine: Any) -> None:
    ask_hub(client, subscriber.url, lease_seconds="99999999")
    work()
    assert Subscription.objects.get().ends_at <= clock.now() + dt.timedelta(days=30)
    time_machine.move_to(clock.now() + dt.timedelta(days=31))
    publish("One.")
    work()

    assert subscriber.got == []
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "publish"),
        ("topic", "https://elsewhere.example/feed/"),
        ("topic", f"{SITE}/newsroom/"),
        ("topic", f"{SITE}/"),
        *(("topic", f"{SITE}/{path}") for path in ("feed/rss/", "feed/nonsense/", "feed/?a=b", "%66eed/none/")),
        *(("topic", f"{SITE}/{kind}/none/feed/") for kind in ("section", "topic", "by")),
        ("callback", "ftp://reader.example/"),
        ("callback", "http://reader.example:22/"),
        ("callback", f"http://{'a.' * 127}example/"),
        ("secret", "x" * 200),
        ("secret", "hush\0"),
    ],
)
def test_what_the_hub_does_not_understand_it_refuses(client: Client, name: str, value: str) -> None:
    assert ask_hub(client, "https://reader.example/", **{name: value}) == 400
    assert not HubRequest.objects.exists()


def test_an_address_inside_is_never_asked(client: Client) -> None:
    assert ask_hub(client, "http://localhost/callback") == 202
    work()

    assert not Subscription.objects.exists()


def test_one_host_cannot_be_asked_again_and_again(client: Client) -> None:
    for number in range(accept_request.MOST_WAITING_OF_A_HOST):
        assert ask_hub(client, f"https://victim.example/{number}") == 202

    assert ask_hub(client, "https://victim.example/more") == 503
    assert ask_hub(client, "https://other.example/") == 202


def test_nobody_fills_the_database_with_feeds(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accept_request, "MOST_TOPICS", 1)
    HubTopic.objects.create(path="/feed/")

    assert ask_hub(client, "https://reader.example/") == 202
    assert ask_hub(client, "https://reader.example/", topic=f"{TOPIC}atom/") == 503


def test_another_hub_is_told_which_feeds_have_changed(client: Client, subscriber: Subscriber, settings: Any) -> None:
    settings.WEBSUB_HUB = subscriber.url
    work()
    section = SectionFactory(slug="city")
    publish("One.", section=section)
    work()

    fields = parse_qs(subscriber.got[-1][1].decode())
    assert fields["hub.mode"] == ["publish"]
    assert {TOPIC, f"{TOPIC}atom/", f"{SITE}/section/city/feed/"} <= set(fields["hub.url"])
    assert client.post("/-/websub/", {}).status_code == 404
    assert client.get("/feed/")["Link"].startswith(f"<{subscriber.url}>")

    told = len(subscriber.got)
    subscriber.answers = 429
    publish("Two.", headline="Two")
    with pytest.raises(tell_hub.HubAwayError):
        work()
    subscriber.answers = 204
    work()
    assert len(subscriber.got) == told + 2

    subscriber.answers = 404  # it will never want to know
    publish("Three.", headline="Three")
    work()
    work()
    assert len(subscriber.got) == told + 3


def test_another_hub_is_told_of_however_many_feeds(
    client: Client, subscriber: Subscriber, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBSUB_HUB = subscriber.url
    monkeypatch.setattr(tell_hub, "ADDRESSES_AT_ONCE", 2)
    work()
    change(publish("One."), ChangeClass.CORRECTION, hours=3, note="It was six.", body=paragraphs("It was six."))
    work()

    urls = [parse_qs(body.decode())["hub.url"] for _, body in subscriber.got]
    assert {address for some in urls for address in some} >= {TOPIC, f"{TOPIC}json/", f"{SITE}/corrections/feed/"}
    assert max(map(len, urls)) == 2
