"""Who may do what: the groups that a newsroom begins with, as data.

`install_roles.py` makes them once; afterwards they are the paper's own, changed under Settings > Groups.
Section editors have no right over every page: `stories/permissions.py` gives them the stories of their sections.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from broadsheet.newsdesk.workflow.stages import Stage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SIGN_IN = "wagtailadmin.access_admin"
RAW_HTML = "stories.use_raw_html"
TAKE_DOWN = "stories.take_down_story"
READ_TAKEN_DOWN = "stories.read_taken_down"
AMEND = "stories.amend_record"
AUDIT = "changes.read_audit"
WIRE = "wire.work_with_wire"


@dataclass(frozen=True)
class RoleGrants:
    """What a group may do: rights over the whole kind, over the page tree, and over photos and documents.

    `pages`, `photos` and `documents` hold Wagtail's verbs; "add" includes changing what one made oneself.
    """

    name: str
    purpose: "StrOrPromise"
    models: Sequence[str] = ()
    pages: Sequence[str] = ()
    photos: Sequence[str] = ()
    documents: Sequence[str] = ()
    stages: Sequence[Stage] = ()
    """At which stages of their way stories wait for this group."""
    all_models: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """App label -> names of models of which everything may be done."""

    def model_grants(self) -> set[str]:
        """Return the permissions over models, such as `topics.add_topic`."""
        every = {
            f"{app}.{verb}_{model}"
            for app, models in self.all_models.items()
            for model in models
            for verb in ("add", "change", "delete", "view")
        }
        return {SIGN_IN, *self.models, *every}


REPORTER = RoleGrants(
    name="Reporter",
    purpose=_("Writes stories and sends them for approval."),
    models=["topics.view_topic", "bylines.view_contributor", "sections.view_section", WIRE],
    pages=["add"],
    photos=["add", "choose"],
    documents=["add", "choose"],
)
PHOTOGRAPHER = RoleGrants(
    name="Photographer",
    purpose=_("Hands in photos with captions, credits and rights."),
    photos=["add", "change", "choose"],
    documents=["choose"],
)
SECTION_EDITOR = RoleGrants(
    name="Section editor",
    purpose=_("Edits and publishes the stories of the sections that name them as editor."),
    models=[
        "stories.edit_own_sections",
        "fronts.change_own_section_front",
        WIRE,
        "topics.add_topic",
        "topics.change_topic",
        "topics.view_topic",
        "stories.add_series",
        "stories.change_series",
        "stories.view_series",
        "stories.add_storysofar",
        "stories.change_storysofar",
        "stories.view_storysofar",
        "bylines.view_contributor",
        "sections.view_section",
    ],
    pages=["add"],
    photos=["add", "change", "choose"],
    documents=["add", "change", "choose"],
)
COPY_EDITOR = RoleGrants(
    name="Copy editor",
    purpose=_("Reads every story before it is ready, and mends it; does not publish."),
    models=["topics.view_topic", "bylines.view_contributor", "sections.view_section"],
    pages=["change"],
    photos=["change", "choose"],
    documents=["choose"],
    stages=[Stage.COPY],
)
EDITOR = RoleGrants(
    name="Editor",
    purpose=_("Edits and publishes every story, arranges the fronts, keeps topics and contributors."),
    models=[
        "stories.add_informationpage",
        "fronts.change_front",
        "sections.change_section",
        "sections.view_section",
        "masthead.change_navigation",
        TAKE_DOWN,
        AMEND,
        AUDIT,
        WIRE,
    ],
    all_models={
        "topics": ["topic"],
        "stories": ["series", "storysofar"],
        "bylines": ["contributor"],
        "feeds": ["translation"],
        "search": ["bestbet"],
        "wagtailredirects": ["redirect"],
        "wire": ["wiresource"],
    },
    pages=["add", "change", "publish", "lock", "unlock"],
    photos=["add", "change", "choose"],
    documents=["add", "change", "choose"],
    stages=[Stage.DESK, Stage.COPY, Stage.READY],
)
MODERATOR = RoleGrants(
    name="Moderator",
    purpose=_("Reads along with readers: keeps their discussion civil."),
)
PUBLISHER = RoleGrants(
    name="Publisher",
    purpose=_("Answers for the paper: its name, its policies, its sections."),
    models=[
        "stories.add_informationpage",
        "fronts.change_front",
        "masthead.change_masthead",
        "feeds.change_crawlerpolicy",
        "feeds.change_smallfiles",
        "masthead.change_navigation",
        "topics.view_topic",
        "bylines.view_contributor",
        TAKE_DOWN,
        READ_TAKEN_DOWN,
        AMEND,
        AUDIT,
    ],
    all_models={
        "sections": ["section"],
        "wagtailredirects": ["redirect"],
        "feeds": ["partner", "translation"],
        "search": ["bestbet"],
    },
    pages=["add", "change", "publish"],
    photos=["add", "change", "choose"],
    documents=["add", "change", "choose"],
    stages=[Stage.DESK, Stage.COPY, Stage.READY],
)
ADMIN = RoleGrants(
    name="Admin",
    purpose=_("Gives people their sign-ins and roles, and may do all that the others may."),
    models=[
        RAW_HTML,
        TAKE_DOWN,
        READ_TAKEN_DOWN,
        AMEND,
        AUDIT,
        WIRE,
        "stories.add_informationpage",
        "fronts.change_front",
        "masthead.change_masthead",
        "feeds.change_crawlerpolicy",
        "feeds.change_smallfiles",
        "masthead.change_navigation",
    ],
    all_models={
        "accounts": ["user"],
        "auth": ["group"],
        "bylines": ["contributor"],
        "feeds": ["partner", "translation"],
        "search": ["bestbet"],
        "sections": ["section"],
        "stories": ["series", "storysofar"],
        "topics": ["topic"],
        "wagtailcore": ["collection", "task", "workflow"],
        "wagtailredirects": ["redirect"],
        "wire": ["wiresource"],
    },
    pages=["add", "change", "publish", "lock", "unlock", "bulk_delete"],
    photos=["add", "change", "choose"],
    documents=["add", "change", "choose"],
    stages=[Stage.DESK, Stage.COPY, Stage.READY],
)
ROLES = (REPORTER, PHOTOGRAPHER, SECTION_EDITOR, COPY_EDITOR, EDITOR, MODERATOR, PUBLISHER, ADMIN)
