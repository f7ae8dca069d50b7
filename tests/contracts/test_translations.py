"""Whoever reads the paper or works for it in a language that is shipped meets no sentence that was not translated."""

import re

import pytest

from tooling.translations import Catalogue, Message, catalogues, compiled, messages_of_the_source

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%?s|\{\w+\}")
MEND = "run `python -m tooling.translations` and translate what it leaves empty"

languages = pytest.mark.parametrize("catalogue", catalogues(), ids=lambda catalogue: catalogue.path.parts[-3])


def wrong_forms(message: Message, forms: list[str], catalogue: Catalogue) -> str:
    """Tell what is wrong with a translation's plural forms or placeholders; nothing if nothing is."""
    if len(forms) != (catalogue.plural_forms if message.many else 1):
        return f"{len(forms)} forms"
    given = set(PLACEHOLDER.findall(message.many or message.one))
    unknown = {name for form in forms for name in PLACEHOLDER.findall(form)} - given
    if unknown:
        return f"does not know {sorted(unknown)}"
    missing = given - set(PLACEHOLDER.findall(forms[-1]))
    return f"lacks {sorted(missing)}" if missing else ""


def test_the_source_gives_its_sentences_to_be_translated() -> None:
    found = messages_of_the_source()

    assert found["", "Nothing waits for its moment. What you schedule in a story, a page or on a front appears here."]
    assert found["", "%(n)s note"].many == "%(n)s notes"
    assert ("stage of a story", "Copy") in found
    assert found["", "named %%s times"]


@languages
def test_nothing_is_left_untranslated(catalogue: Catalogue) -> None:
    translated = {message.key for message, forms in catalogue.translated.items() if all(forms)}

    assert sorted(set(messages_of_the_source()) - translated) == [], MEND


@languages
def test_nothing_is_translated_that_nobody_says(catalogue: Catalogue) -> None:
    assert sorted({message.key for message in catalogue.translated} - set(messages_of_the_source())) == [], MEND


@languages
def test_every_plural_form_and_every_placeholder_is_there(catalogue: Catalogue) -> None:
    wrong = {message.one: wrong_forms(message, forms, catalogue) for message, forms in catalogue.translated.items()}

    assert {one: what for one, what in wrong.items() if what} == {}


@languages
def test_what_is_compiled_is_what_is_written(catalogue: Catalogue) -> None:
    assert catalogue.path.with_suffix(".mo").read_bytes() == compiled(catalogue), MEND
