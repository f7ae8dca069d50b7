"""Readers behind nginx and Caddy, by the configurations that are documented: with the application, and without it."""

import gzip
import re
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from tests.proxies.serving import BROTLI_MODULE, EXAMPLES, Answer, Door, Paper, demand, nginx, wait_until
from tooling.debian import NGINX, OPENSSL, find_program

ALIKE = ("Content-Type", "Content-Encoding", "Cache-Control", "Vary", "Content-Security-Policy", "X-Frame-Options")
ALSO_ALIKE = ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Strict-Transport-Security")
STILL_ALIKE = ("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Set-Cookie", "Last-Modified")
EXPORTED = "Broadsheet; hit; detail=exported"
READINGS = 100
PAGES = ("front", "section", "ferry", "gulls", "нabережная")


ONE_NODE = "upstream broadsheet {\n    server 127.0.0.1:8000;\n    keepalive 32;\n}\n"
SEVERAL_NODES = (EXAMPLES / "several-nodes/upstream.conf").read_text()


@pytest.mark.parametrize("upstream", [ONE_NODE, SEVERAL_NODES], ids=["one node", "several nodes"])
def test_nginx_says_nothing_against_its_configuration(tmp_path: Path, upstream: str) -> None:
    demand(NGINX, OPENSSL)
    with nginx(tmp_path, tmp_path, "127.0.0.1:1", **{ONE_NODE: upstream}) as (door, _):
        assert door.speaks("h2", "http/1.1") == "h2"
        command = [str(find_program("nginx")), "-t", "-c", str(tmp_path / "nginx.conf"), "-e", "stderr"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stderr

    assert "syntax is ok" in said
    assert not re.search(r"\[(warn|error|emerg)\]", said)


def test_a_file_is_sent_as_the_application_sends_the_page(read_paper: Paper, door: Door) -> None:
    application = Door(read_paper.port, is_tls=False)
    for name in PAGES:
        path = read_paper.addresses[name]
        for accepted in ("", "gzip", "br", "gzip, br"):
            file = door.get(path, accept_encoding=accepted)
            page = application.get(path, accept_encoding=accepted, x_forwarded_proto="https")
            if "br" in accepted and file.headers.get("Content-Encoding") != "br":
                assert not BROTLI_MODULE.exists()
                continue
            assert (file.code, file.body) == (page.code, page.body)
            for header in (*ALIKE, *ALSO_ALIKE, *STILL_ALIKE):
                assert file.headers.get(header) == page.headers.get(header), header
            assert file.headers["Cache-Status"] == EXPORTED
            assert page.headers["Cache-Status"] == "Broadsheet; hit"


def test_a_browser_that_has_the_page_is_told_so(read_paper: Paper, door: Door) -> None:
    path = read_paper.addresses["gulls"]
    first = door.get(path, accept_encoding="gzip")
    again = door.get(path, accept_encoding="gzip", if_none_match=first.headers["ETag"])

    assert (again.code, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert door.get(path).headers["ETag"] != first.headers["ETag"]


def test_what_is_no_page_goes_to_the_application(read_paper: Paper, door: Door) -> None:
    section = read_paper.addresses["section"]

    assert door.get("/newsroom/").code == 302
    assert door.get("/newsroom/").headers["Location"].startswith("/newsroom/login/")
    assert door.get("/nowhere/").code == 404
    assert door.get("/healthz").code == 200
    assert door.get(read_paper.addresses["ferry"].rstrip("/")).code == 301
    assert door.get(read_paper.addresses["ferry"], method="POST", body=b"x=1").code in {403, 405}
    assert "exported" not in door.get(f"{section}?before=2026-01-01.5").headers.get("Cache-Status", "")
    assert "exported" not in door.get(f"{section}?%62efore=2026-01-01.5").headers.get("Cache-Status", "")
    assert door.get(f"{section}?utm_source=letter").headers["Cache-Status"] == EXPORTED


@pytest.mark.parametrize("path", ["/exported/pages/@page.html", "/../main.db", "/media/original_images/", "/main.db"])
def test_nothing_else_of_the_data_is_served(read_paper: Paper, door: Door, path: str) -> None:
    assert door.get(path).code in {400, 404}
    assert door.get(f"/static/..{path}").code in {400, 404}


def test_static_files_and_photos_are_served_by_the_proxy_and_kept_for_ever(read_paper: Paper, door: Door) -> None:
    text = door.get(read_paper.addresses["gulls"]).body.decode()
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', text)
    photo = re.search(r"(/media/r/\d+/[^ \",]+\.(avif|webp))", text)
    assert stylesheet
    assert photo
    made = door.get(photo[1])
    read_paper.kill()

    style = door.get(stylesheet[1], accept_encoding="gzip")
    served = door.get(photo[1])

    assert style.code == 200
    assert style.headers["Content-Encoding"] == "gzip"
    assert style.headers["Content-Type"].startswith("text/css")
    assert style.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert style.headers["X-Content-Type-Options"] == "nosniff"
    assert gzip.decompress(style.body) == door.get(stylesheet[1]).body
    assert (made.code, served.code) == (200, 200)
    assert served.body == made.body
    for header in ("Content-Type", "Cache-Control", "Cross-Origin-Resource-Policy", "X-Content-Type-Options"):
        assert served.headers[header] == made.headers[header]


@pytest.mark.parametrize("is_dead", [False, True], ids=["application alive", "application dead"])
@pytest.mark.parametrize("door", ["nginx"], indirect=True)
def test_no_reader_notices_a_file_that_goes_away_under_his_eyes(
    read_paper: Paper, door: Door, is_dead: bool, tmp_path: Path
) -> None:
    path, file = read_paper.addresses["gulls"], read_paper.file("gulls", "fresh")
    if is_dead:
        read_paper.kill()
    aside, is_over = file.with_name("aside"), threading.Event()
    expected = {EXPORTED} if is_dead else {EXPORTED, "Broadsheet; hit"}
    answers: list[Answer] = []

    def come_and_go() -> None:
        while not is_over.is_set():
            file.rename(aside)
            aside.rename(file)

    def has_read_enough() -> bool:
        answers.append(door.get(path))
        assert answers[-1].code == 200, (tmp_path / "error.log").read_text()
        return len(answers) >= READINGS and {answer.headers["Cache-Status"] for answer in answers} == expected

    with ThreadPoolExecutor() as pool:
        coming_and_going = pool.submit(come_and_go)
        try:
            wait_until(has_read_enough)
        finally:
            is_over.set()
        coming_and_going.result()

    assert len({answer.body for answer in answers}) == 1


def test_readers_read_on_when_the_application_is_killed(read_paper: Paper, door: Door) -> None:
    before = {name: door.get(read_paper.addresses[name]).body for name in PAGES}
    read_paper.kill()

    for name in PAGES:
        path = read_paper.addresses[name]
        assert door.get(path).body == before[name]
        compressed = door.get(path, accept_encoding="gzip")
        assert compressed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(compressed.body) == before[name]
        if (brotlied := door.get(path, accept_encoding="br")).headers.get("Content-Encoding") == "br":
            assert brotli.decompress(brotlied.body) == before[name]
        assert door.get(path, method="HEAD").code == 200
    assert door.get("/nowhere/").code in {502, 503}
    assert door.get("/newsroom/").code in {502, 503}
    assert door.get(read_paper.addresses["gulls"], method="POST", body=b"x=1").code in {405, 502, 503}
    read_paper.start()
    assert door.get("/nowhere/").code == 404


def test_an_old_page_is_served_by_the_application_and_by_a_file_when_that_is_dead(
    read_paper: Paper, door: Door
) -> None:
    path, file = read_paper.addresses["gulls"], read_paper.file("gulls", "fresh")
    inode = file.stat().st_ino
    read_paper.does("update", "gulls")
    wait_until(lambda: file.exists() and file.stat().st_ino != inode)
    updated = door.get(path)
    assert b", updated" in updated.body

    read_paper.kill()
    for name in ("fresh", "pages"):
        assert read_paper.file("gulls", name).exists()
    file.unlink()
    answer = door.get(path)
    again = door.get(path, if_none_match=answer.headers["ETag"])

    assert (answer.code, answer.body) == (200, updated.body)
    assert answer.headers["Cache-Status"] == EXPORTED
    assert (again.code, again.body) in {(304, b""), (200, updated.body)}


def test_a_story_that_is_taken_down_is_gone_and_stays_gone_without_the_application(
    made_paper: Paper, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    paper: Paper = request.getfixturevalue("paper")
    with nginx(tmp_path, paper.data, f"127.0.0.1:{paper.port}") as (door, plain):
        path = paper.addresses["ferry"]
        assert plain.get(path).headers["Location"] == f"https://www.your-paper.example{path}"
        wait_until(lambda: door.get(path).code == 200 and paper.file("ferry", "fresh").exists())
        paper.does("take_down", "ferry")
        wait_until(lambda: not paper.file("ferry").exists())

        assert door.get(path).code == 410
        paper.kill()
        assert door.get(path).code == 503
    paper.start()


def test_application_first_is_two_words_away(paper: Paper, tmp_path: Path) -> None:
    changed = {"    GET fresh;\n    HEAD fresh;\n": "    GET none;\n    HEAD none;\n"}
    with nginx(tmp_path, paper.data, f"127.0.0.1:{paper.port}", **changed) as (door, _):
        path = paper.addresses["gulls"]
        wait_until(lambda: door.get(path).code == 200 and paper.file("gulls", "fresh").exists())

        assert door.get(path).headers["Cache-Status"] == "Broadsheet; hit"
        paper.kill()
        assert door.get(path).headers["Cache-Status"] == EXPORTED
