"""Giving people their sign-ins."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from broadsheet.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_admin_gives_a_reporter_a_sign_in(client, sign_in):
    sign_in("Admin")
    form = {
        "email": "marit@paper.example",
        "first_name": "Marit",
        "last_name": "Soleng",
        "password1": "tide tables of eastmere",
        "password2": "tide tables of eastmere",
        "is_active": "on",
        "groups": [Group.objects.get(name="Reporter").pk],
    }

    assert client.get(reverse("wagtailusers_users:add")).status_code == 200
    made = client.post(reverse("wagtailusers_users:add"), form)

    assert made.status_code == 302
    assert User.objects.get(email="marit@paper.example").groups.get().name == "Reporter"
    client.logout()
    assert client.login(username="marit@paper.example", password="tide tables of eastmere")
    assert client.get("/newsroom/").status_code == 200


def test_an_admin_cannot_make_a_superuser(client, sign_in):
    admin = sign_in("Admin")
    form = {"email": admin.email, "first_name": "A", "last_name": "B", "is_active": "on", "is_superuser": "on"}

    client.post(reverse("wagtailusers_users:edit", args=[admin.pk]), form)

    admin.refresh_from_db()
    assert not admin.is_superuser
