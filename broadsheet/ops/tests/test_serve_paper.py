import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from broadsheet.ops import serve_paper as module
from broadsheet.ops.serve_paper import PortTakenError, listening_socket, serve_paper


def test_a_second_paper_does_not_share_the_port_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PORT_PATIENCE_SECONDS", 0.0)

    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]

        with pytest.raises(PortTakenError, match="--port"):
            serve_paper(address="127.0.0.1", port=port, workers=1)

    listening_socket("127.0.0.1", port).close()


@pytest.mark.django_db
def test_a_paper_without_its_static_files_says_what_to_run(tmp_path: Path) -> None:
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

    with (
        override_settings(STATIC_ROOT=tmp_path, STORAGES={**settings.STORAGES, "staticfiles": backend}),
        pytest.raises(CommandError, match="collectstatic"),
    ):
        call_command("serve", "--port", "1")
