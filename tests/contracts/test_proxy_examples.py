"""The documented configurations of proxies and services say what the program does."""

import re
import subprocess
from pathlib import Path

import pytest
from django.test import override_settings

from broadsheet.delivery.addresses import PARAMETERS
from broadsheet.delivery.exporting.file_names import CONTENT_TYPES, ENDING
from broadsheet.delivery.exporting.usual_headers import caddy_headers, nginx_headers
from broadsheet.delivery.ready_page import CONTROL
from tests.contracts.source import ROOT
from tooling.debian import find_program

EXAMPLES = ROOT / "docs/operators/examples"
NGINX = (EXAMPLES / "nginx/broadsheet.conf").read_text()
NGINX_PAGES = (EXAMPLES / "nginx/snippets/broadsheet-pages.conf").read_text()
CADDY = (EXAMPLES / "caddy/Caddyfile").read_text()
OF_A_SITE = {"SITE_URL": "https://www.your-paper.example", "SECURE_HSTS_SECONDS": 63_072_000}


@pytest.mark.parametrize(
    ("file", "made"),
    [("nginx/snippets/broadsheet-headers.conf", nginx_headers), ("caddy/broadsheet-headers", caddy_headers)],
)
def test_headers_are_those_that_the_application_sends(file: str, made) -> None:
    with override_settings(**OF_A_SITE, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        assert (EXAMPLES / file).read_text() == made()


def test_pages_are_sent_with_their_types_and_control() -> None:
    assert dict(re.findall(r'^    "(.+)" (\w+);$', NGINX_PAGES, re.MULTILINE)) == {
        content_type: extension for extension, content_type in CONTENT_TYPES.items()
    }
    assert dict(re.findall(r'header @(\w+) Content-Type "(.+)"', CADDY)) == CONTENT_TYPES
    for text in (NGINX_PAGES, CADDY):
        assert f'Cache-Control "{CONTROL}"' in text


def test_files_are_looked_for_in_each_type() -> None:
    endings = [f"{ENDING.decode()}{extension}" for extension in CONTENT_TYPES]
    for text, path in ((NGINX, "$uri"), (CADDY, "{path}")):
        assert text.count(" ".join(path + ending for ending in endings)) == 2


@pytest.mark.parametrize("query", [f"{name}=5" for name in PARAMETERS] + ["utm=1&before=5", "%62efore=5", "a=1&b%00=2"])
def test_pages_that_a_query_chooses_are_asked_of_the_application(query: str) -> None:
    expression = r"(^|&)(before|[^=&]*%[^=&]*)="
    assert f'"~{expression}"' in NGINX
    assert CADDY.count(f'.matches("{expression}")') == 2
    assert re.search(expression, query)


@pytest.mark.parametrize("query", ["utm_source=letter", "utm_campaign=50%25&fbclid=before", "", "xbefore=1"])
def test_tracking_tags_choose_no_page(query: str) -> None:
    assert not re.search(r"(^|&)(before|[^=&]*%[^=&]*)=", query)


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = find_program("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here")
    text = (EXAMPLES / "systemd/broadsheet.service").read_text()
    unit = tmp_path / "broadsheet.service"
    unit.write_text(text.replace("/srv/broadsheet/.venv/bin/broadsheet", "/bin/true"))

    said = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)

    assert "broadsheet.service" not in said.stderr
