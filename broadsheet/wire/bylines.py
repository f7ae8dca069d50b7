"""Who stands in the byline of an agency's story: its writers, where it names them, and the agency itself."""

import re
from itertools import count

from django.utils.text import slugify

from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.wire.models import WireSource

MOST_PEOPLE = 4
MOST_CREDIT = 60
_BEFORE = re.compile(r"^\s*(?:by|von|par|por|de|av|af|door|di|от)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/&|]|\s(?:and|und|et|y|e|og|och|en)\s)\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,4}")


def agency_of(credit: str, source: WireSource) -> str:
    """Return the agency to be credited: the source's, unless the item credits another one whose report it passes on.

    A credit with strokes (“APA/John Doe”) is that of a picture, or names the source and a person.
    """
    own = source.credit
    if not credit or len(credit) > MOST_CREDIT or "/" in credit or own.casefold() in credit.casefold():
        return own
    return " ".join(map(_cased, credit.split())) if credit.isupper() and " " in credit else credit


def people_named(byline: str, agency: str) -> list[str]:
    """Return the names in an agency's byline: “By ASHOK SHARMA and Jane Doe, Associated Press” names two people.

    What is no name of a person (an agency, a desk, initials, an address) is left out.
    """
    found = []
    for part in _BETWEEN.split(_BEFORE.sub("", byline)):
        name = part.strip(" .")
        is_agency = name.casefold() in {agency.casefold(), "associated press"}
        if _NAME.fullmatch(name) and not is_agency and "@" not in name:
            found.append(" ".join(map(_cased, name.split())) if name.isupper() else name)
    return list(dict.fromkeys(found))[:MOST_PEOPLE]


def _cased(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def agency_contributor(credit: str) -> Contributor:
    """Return the agency as it stands in bylines, added when the paper has none of that name."""
    return _contributor(credit, kind=ContributorKind.AGENCY, job_title="")


def person_contributor(name: str, *, agency: str) -> Contributor:
    """Return an agency's writer, added when the paper has none of that name with that agency."""
    return _contributor(name, kind=ContributorKind.PERSON, job_title=agency)


def _contributor(name: str, *, kind: ContributorKind, job_title: str) -> Contributor:
    known = Contributor.objects.filter(name__iexact=name, kind=kind)
    found = known.filter(job_title=job_title).first() if kind == ContributorKind.PERSON else known.first()
    if found is not None:
        return found
    slug = slugify(name, allow_unicode=True)[:100] or "agency"
    taken = set(Contributor.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = next(one for number in count(1) if (one := slug if number == 1 else f"{slug}-{number}") not in taken)
    made: Contributor = Contributor.objects.create(
        name=name, slug=free, kind=kind, job_title=job_title, is_current=kind == ContributorKind.AGENCY
    )
    return made
