"""Subjects by their codes."""

import pytest
from django.core.exceptions import ValidationError

from broadsheet.kit.media_topics import CODE_LENGTH, is_media_topic, media_topic_address


def test_a_code_is_a_prefix_and_eight_digits() -> None:
    is_media_topic("medtop:11000000")

    assert len("medtop:11000000") == CODE_LENGTH
    for wrong in (
        "medtop:1100000",
        "11000000",
        "medtop:1100000a",
        "medtop:11000000\n",
        "medtop:110000000",
        "subj:11000000",
    ):
        with pytest.raises(ValidationError):
            is_media_topic(wrong)


def test_a_code_has_an_address() -> None:
    assert media_topic_address("medtop:11000000") == "http://cv.iptc.org/newscodes/mediatopic/11000000"
