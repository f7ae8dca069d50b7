"""Pages that show in which order the sections stand do not hear of every new name."""

import pytest

from broadsheet.changes.models import Change
from broadsheet.changes.selectors import newest_seq
from broadsheet.kit.rendering import recorded_rendering
from broadsheet.sections.cache_keys import SECTIONS, section_key
from broadsheet.sections.models import Section
from broadsheet.sections.selectors import in_the_papers_order
from broadsheet.sections.tests.factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections() -> list[Section]:
    return [SectionFactory.create(name=name, sort_order=1) for name in ("Culture", "Sport", "World")]


def logged() -> set[str]:
    return set(Change.objects.latest("seq").keys)


def test_a_new_name_at_the_same_place_is_told_to_those_who_show_it(sections: list[Section]) -> None:
    sections[1].name = "The Sports"
    sections[1].save()

    assert section_key(sections[1].pk) in logged()
    assert SECTIONS not in logged()


@pytest.mark.parametrize(("field", "value"), [("name", "Athletics"), ("sort_order", 0), ("slug", "athletics")])
def test_another_place_or_address_is_told_to_those_who_show_the_order(
    sections: list[Section], field: str, value: object
) -> None:
    setattr(sections[1], field, value)
    sections[1].save()

    assert logged() >= {section_key(sections[1].pk), SECTIONS}


def test_so_is_a_section_that_comes_or_goes(sections: list[Section]) -> None:
    assert SECTIONS in logged()
    before = newest_seq()

    sections[0].delete()

    assert any(SECTIONS in change.keys for change in Change.objects.filter(seq__gt=before))


def test_reading_the_order_depends_on_no_name(sections: list[Section]) -> None:
    with recorded_rendering() as read:
        assert [place.pk for place in in_the_papers_order()] == [section.pk for section in sections]
    assert read.keys == {SECTIONS}
