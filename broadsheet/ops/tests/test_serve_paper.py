import socket

import pytest

from broadsheet.ops.serve_paper import PortTakenError, is_taken, serve_paper


def test_a_second_paper_does_not_share_the_port_of_the_first() -> None:
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]

        with pytest.raises(PortTakenError, match="--port"):
            serve_paper(address="127.0.0.1", port=port, workers=1)

    assert not is_taken("127.0.0.1", port)
