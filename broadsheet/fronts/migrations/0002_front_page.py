"""Turns Wagtail's welcome page into the paper's front page, at the root of the default site."""

from django.db import migrations

WELCOME_PAGE_PATH = "00010001"


def make_front_page(apps, schema_editor):
    BasePage = apps.get_model("pages", "BasePage")
    HomePage = apps.get_model("fronts", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    welcome = BasePage.objects.filter(path=WELCOME_PAGE_PATH).first()
    if welcome is None:
        return
    content_type, _ = ContentType.objects.get_or_create(app_label="fronts", model="homepage")
    home = HomePage(basepage_ptr=welcome)
    home.__dict__.update({name: value for name, value in welcome.__dict__.items() if name != "_state"})
    home.title = home.draft_title = "Front page"
    home.slug = "home"
    home.url_path = "/home/"
    home.content_type_id = content_type.pk
    home.save()


class Migration(migrations.Migration):
    dependencies = [
        ("fronts", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(make_front_page, migrations.RunPython.noop)]
