"""Registers the room with Django."""

from django.apps import AppConfig


class NewsdeskConfig(AppConfig):
    name = "broadsheet.newsdesk"
    label = "newsdesk"
