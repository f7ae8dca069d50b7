"""Makes those who write the demonstration paper, and those who sign in to its newsroom."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.utils.html import escape
from django.utils.translation import get_language_info

from broadsheet.accounts.models import User
from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.demo.paper_files import Paper
from broadsheet.sections.models import Section

ROLE_OF_OPERATOR = "Admin"


@dataclass(frozen=True)
class Login:
    """A sign-in to try a role with."""

    role: str
    name: str
    email: str


def logins(paper: Paper) -> list[Login]:
    """Return one sign-in for each role, in the order in which people are written down."""
    found: dict[str, Login] = {}
    for told in [*paper.people, *paper.staff]:
        if role := told.get("login"):
            found.setdefault(role, Login(role, told["name"], told["email"]))
    return list(found.values())


def load_people(paper: Paper, *, photos: dict[str, int], password: str) -> dict[str, Contributor]:
    """Make contributors and users, each user in the group of their role; return the contributors by slug."""
    for told in paper.staff:
        _user(told, password)
    return {told["slug"]: _contributor(told, photos, password) for told in paper.people}


def _contributor(told: dict[str, Any], photos: dict[str, int], password: str) -> Contributor:
    return Contributor.objects.create(
        slug=told["slug"],
        name=told["name"],
        kind=ContributorKind(told.get("kind", "person")),
        job_title=told["job_title"],
        biography=f"<p>{escape(told['biography'].strip())}</p>",
        languages=", ".join(_language_name(code) for code in told["languages"]),
        expertise=", ".join(told.get("expertise", [])),
        email=told.get("email", ""),
        portrait_id=photos.get(told.get("portrait", "")),
        user=_user(told, password) if "login" in told else None,
    )


def _user(told: dict[str, Any], password: str) -> User:
    first_name, _, last_name = told["name"].partition(" ")
    role = told["login"]
    user = User.objects.create_user(
        told["email"],
        password,
        first_name=first_name,
        last_name=last_name,
        is_superuser=role == ROLE_OF_OPERATOR,
        is_staff=role == ROLE_OF_OPERATOR,
    )
    group, _ = Group.objects.get_or_create(name=role)
    user.groups.add(group)
    for section in Section.objects.filter(slug__in=told.get("sections_edited", [])):
        section.editors.add(user)
    return user


def _language_name(code: str) -> str:
    """Return the English name of a language: "pl" -> "Polish"."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return {"ig": "Igbo"}[code]
