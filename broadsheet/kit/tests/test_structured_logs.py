import json
import logging

import pytest

from broadsheet.kit.structured_logs import formatter, without_secrets


@pytest.mark.parametrize(
    "text",
    [
        "Cookie: sessionid=hush; csrftoken=hush",
        "{'HTTP_AUTHORIZATION': 'Bearer hush-hush'}",
        "Authorization: Basic hush+hush=",
        "GET /join/?token=hush&from=front",
        "postgres://paper:hush@db.example/paper",
        "api_key='hush'",
        "mail to hush@paper.example failed",
    ],
)
def test_secrets_and_people_are_struck_out(text: str) -> None:
    assert "hush" not in without_secrets(text)


def test_a_line_is_one_json_object() -> None:
    record = logging.LogRecord("paper", logging.ERROR, "", 0, "Two\nlines for %s", ("a@b.example",), None)

    line = formatter(log_format="json").format(record)

    assert "\n" not in line
    assert json.loads(line)["message"] == "Two\nlines for [mail address]"
    assert {"time", "level", "role", "logger"} <= set(json.loads(line))
