"""Makes the newsroom's groups, once, and gives them the rights that later versions of the paper's software add."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Site

from broadsheet.newsdesk.models import InstalledRole, InstalledStage
from broadsheet.newsdesk.roles import ROLES, RoleGrants
from broadsheet.newsdesk.workflow.install_stages import install_stages

WAGTAILS_OWN_GROUPS = ("Editors", "Moderators")
PAGES, PHOTOS, DOCUMENTS = "pages.{}_basepage", "wagtailimages.{}_image", "wagtaildocs.{}_document"
"""The permissions behind Wagtail's verbs; those over photos belong to Wagtail's own models, whatever replaces them."""


@transaction.atomic
def install_roles() -> None:
    """Make each role's group and give it what it was never given before; what an admin changed stays changed.

    Safe to call after every migration. Does nothing while tables or the front page are not there yet.
    """
    tables = connection.introspection.table_names()
    if any(model._meta.db_table not in tables for model in (InstalledRole, InstalledStage)):
        return
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not Collection.objects.exists():
        return
    _create_missing_permissions()
    is_new = not InstalledRole.objects.exists()
    for role in ROLES:
        _install(role, front_page_id=site.root_page_id)
    if is_new:
        _remove_wagtails_own_groups()
    install_stages(front_page_id=site.root_page_id, is_new_paper=is_new)


def _create_missing_permissions() -> None:
    """Create the rows of permissions now: Django creates them app by app after each app's migration signal."""
    named = {grant.partition(".")[0] for role in ROLES for grant in role.model_grants()}
    for label in sorted(named | {"pages", "wagtailimages", "wagtaildocs"}):
        create_permissions(apps.get_app_config(label), verbosity=0)


def _install(role: RoleGrants, *, front_page_id: int) -> None:
    installed, is_new = InstalledRole.objects.get_or_create(key=role.name)
    if is_new:
        installed.group, _ = Group.objects.get_or_create(name=role.name)
    if installed.group is None:
        return
    given = set(installed.given)
    _grant_models(installed.group, role.model_grants() - given)
    wanted = {*role.model_grants()}
    for kind, verbs in (("pages", role.pages), ("photos", role.photos), ("documents", role.documents)):
        for verb in verbs:
            grant = f"{kind}:{verb}"
            wanted.add(grant)
            if grant not in given:
                _grant_place(installed.group, kind, verb, front_page_id=front_page_id)
    if not wanted <= given:
        installed.given = sorted(given | wanted)
        installed.save()


def _grant_models(group: Group, grants: set[str]) -> None:
    if grants:
        group.permissions.add(*(_permission(grant) for grant in grants))


def _grant_place(group: Group, kind: str, verb: str, *, front_page_id: int) -> None:
    """Give a right over the whole page tree, or over all collections of photos or documents."""
    if kind == "pages":
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=front_page_id, permission=_permission(PAGES.format(verb))
        )
        return
    pattern = PHOTOS if kind == "photos" else DOCUMENTS
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=Collection.get_first_root_node(), permission=_permission(pattern.format(verb))
    )


def _permission(name: str) -> Permission:
    label, _, codename = name.partition(".")
    return Permission.objects.get(content_type__app_label=label, codename=codename)


def _remove_wagtails_own_groups() -> None:
    """Take away the groups that Wagtail's migrations made; ours say more truly what people do."""
    Group.objects.filter(name__in=WAGTAILS_OWN_GROUPS, user__isnull=True).delete()
