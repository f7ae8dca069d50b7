"""What an operator asks of the wire on the command line."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from broadsheet.kit.tests.serving import Served, answer
from broadsheet.wire.models import WireItem
from broadsheet.wire.tests.sending import make_source, ninjs, rss, rss_item


def run(*words: str) -> tuple[list[dict[str, object]], int]:
    out = io.StringIO()
    try:
        call_command("wire", *words, "--json", stdout=out)
    except SystemExit as end:
        return json.loads(out.getvalue()), int(end.code or 0)
    return json.loads(out.getvalue()), 0


@pytest.mark.django_db
def test_sources_are_asked_and_their_failures_told(agency: Served) -> None:
    agency.paths["/feed"] = answer(rss(rss_item("1", "Ferry")), Content_Type="text/xml")
    make_source(address=agency.url("/feed"))
    make_source("off", address=agency.url("/off"), is_on=False)

    reports, code = run("fetch")
    failures, failed = run("fetch", "off")

    assert ([report["new"] for report in reports], code) == ([1], 0)
    assert "404" in str(failures[0]["error"])
    assert failed == 1
    assert WireItem.objects.count() == 1
    with pytest.raises(CommandError, match="no source named none"):
        run("fetch", "none")


def test_files_are_tried_without_taking_them_in(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(ninjs())
    (tmp_path / "b.xml").write_bytes(b"<nonsense/>")

    reports, code = run("read", *(str(tmp_path / name) for name in ("a.json", "b.xml", "c.xml")))

    assert [report["items"] for report in reports] == [1, 0, 0]
    assert [report["format"] for report in reports] == ["ninjs", "", ""]
    assert all(report["error"] for report in reports[1:])
    assert code == 1
