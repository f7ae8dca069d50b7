"""Who may do what: views by roles, as each role and never as a superuser."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow

from broadsheet.newsdesk.install_roles import install_roles
from broadsheet.newsdesk.models import InstalledRole
from broadsheet.newsdesk.roles import ROLES
from broadsheet.newsdesk.workflow.stages import Stage
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.shelves import month_page, today
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db

R, P, S, C, E, M, U, A = (role.name for role in ROLES)
EVERYONE = {R, P, S, C, E, M, U, A}
WRITERS = {R, S, E, U, A}

VIEWS = {
    "wagtailadmin_home": EVERYONE,
    "newsdesk_stories": EVERYONE,
    "newsdesk_new_story": WRITERS,
    "wagtailimages:add": {R, P, S, E, U, A},
    "wagtaildocs:add": {R, S, E, U, A},
    "newsdesk_topics:list": {R, S, C, E, U, A},
    "newsdesk_topics:add": {S, E, A},
    "newsdesk_contributors:list": {R, S, C, E, U, A},
    "newsdesk_contributors:add": {E, A},
    "newsdesk_sections:list": {R, S, C, E, U, A},
    "newsdesk_sections:add": {U, A},
    "wagtailredirects:add": {E, U, A},
    "wagtailusers_users:index": {A},
    "wagtailusers_groups:index": {A},
    "wagtailadmin_workflows:index": {A},
}


def _is_allowed(response) -> bool:
    """Wagtail sends whoever may not see a view back to the dashboard."""
    return response.status_code == 200 or (
        response.status_code == 302 and response["Location"] != reverse("wagtailadmin_home")
    )


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_each_role_sees_its_views_and_no_others(client, sign_in, role):
    sign_in(role)

    seen = {name for name in VIEWS if _is_allowed(client.get(reverse(name)))}

    assert seen == {name for name, roles in VIEWS.items() if role in roles}


@pytest.mark.parametrize(
    ("right", "roles"),
    [
        ("stories.take_down_story", {E, U, A}),
        ("stories.read_taken_down", {U, A}),
        ("stories.amend_record", {E, U, A}),
        ("changes.read_audit", {E, U, A}),
    ],
)
def test_rights_over_the_record_and_the_audit(sign_in, right, roles):
    assert {role for role in EVERYONE if sign_in(role).has_perm(right)} == roles


@pytest.mark.parametrize(
    ("setting", "roles"),
    [("masthead", {U, A}), ("navigation", {E, U, A})],
)
def test_settings_of_the_paper_are_for_few(client, sign_in, setting, roles):
    address = reverse("wagtailsettings:edit", args=["masthead", setting])

    allowed = set()
    for role in EVERYONE:
        sign_in(role)
        if client.get(address, follow=True).request["PATH_INFO"].startswith(address):
            allowed.add(role)

    assert allowed == roles


def test_rights_over_stories_by_role(sign_in):
    section = SectionFactory.create()
    theirs = make_story(headline="Not mine", live=False, section=section)
    public = make_story(headline="Public", section=section)
    able: dict[str, set[str]] = {"edit theirs": set(), "edit own": set(), "publish theirs": set(), "unpublish": set()}

    for role in EVERYONE:
        user = sign_in(role)
        own = make_story(headline=f"By {role}", live=False, owner=user)
        for act, page, verb in (
            ("edit theirs", theirs, "can_edit"),
            ("edit own", own, "can_edit"),
            ("publish theirs", theirs, "can_publish"),
            ("unpublish", public, "can_unpublish"),
        ):
            if getattr(page.permissions_for_user(user), verb)():
                able[act].add(role)

    assert able == {
        "edit theirs": {C, E, U, A},
        "edit own": {*WRITERS, C},
        "publish theirs": {E, U, A},
        "unpublish": {E, U, A},
    }


def test_a_section_editor_publishes_what_is_in_the_section_and_nothing_else(sign_in):
    world, sport = SectionFactory.create(), SectionFactory.create()
    user = sign_in(S)
    world.editors.add(user)

    in_world = make_story(headline="In world", live=False, section=world).permissions_for_user(user)
    in_sport = make_story(headline="In sport", live=False, section=sport).permissions_for_user(user)
    in_none = make_story(headline="In none", live=False).permissions_for_user(user)

    assert (in_world.can_edit(), in_world.can_publish()) == (True, True)
    assert (in_sport.can_edit(), in_sport.can_publish()) == (False, False)
    assert (in_none.can_edit(), in_none.can_publish()) == (False, False)


def test_being_named_a_sections_editor_gives_a_reporter_nothing(sign_in):
    section = SectionFactory.create()
    user = sign_in(R)
    section.editors.add(user)

    rights = make_story(live=False, section=section).permissions_for_user(user)

    assert not rights.can_edit()


def test_only_those_who_keep_the_papers_pages_make_information_pages(client, sign_in):
    home = month_page(today()).get_parent().get_parent()
    address = reverse("wagtailadmin_pages:add", args=["stories", "informationpage", home.pk])

    allowed = set()
    for role in EVERYONE:
        sign_in(role)
        if _is_allowed(client.get(address)):
            allowed.add(role)

    assert allowed == {E, U, A}


@pytest.mark.parametrize("kind", ["yearpage", "monthpage"])
def test_nobody_makes_years_and_months_by_hand(client, sign_in, kind):
    sign_in(A)
    month = month_page(today())
    parent = month.get_parent() if kind == "monthpage" else month.get_parent().get_parent()

    response = client.get(reverse("wagtailadmin_pages:add", args=["stories", kind, parent.pk]))

    assert not _is_allowed(response)


def test_roles_are_made_by_the_migrations_and_wagtails_own_are_gone():
    names = set(Group.objects.values_list("name", flat=True))

    assert names == EVERYONE
    assert GroupPagePermission.objects.count() < 30
    assert [task.specific.stage for task in Workflow.objects.get(active=True).tasks] == list(Stage)


def test_installing_again_changes_nothing_that_an_admin_changed():
    editor = Group.objects.get(name=E)
    editor.permissions.clear()
    editor.page_permissions.all().delete()
    Group.objects.get(name=M).delete()
    Group.objects.filter(name=R).update(name="Correspondent")

    install_roles()

    assert editor.permissions.count() == editor.page_permissions.count() == 0
    assert not Group.objects.filter(name__in=[M, R]).exists()


def test_a_right_added_by_a_later_version_reaches_the_group():
    editor = Group.objects.get(name=E)
    installed = InstalledRole.objects.get(key=E)
    editor.permissions.remove(*editor.permissions.filter(codename="change_front"))
    installed.given.remove("fronts.change_front")
    installed.save()

    install_roles()

    assert editor.permissions.filter(codename="change_front").exists()
