"""By what ways somebody wishes to be told of what: the form in their account."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from broadsheet.accounts.models import User
from broadsheet.newsdesk.notifications.kinds import DEFAULT_WAYS, Kind
from broadsheet.newsdesk.notifications.models import NoticeSetting

WAYS = ("by_mail", "in_newsroom")


class NoticeSettingsForm(forms.Form):
    """Two switches for each kind. `instance` is the person; only what differs from the default is kept."""

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        kept = {setting.kind: setting for setting in NoticeSetting.objects.filter(user=instance)}
        for kind in Kind:
            present: Any = kept.get(kind, DEFAULT_WAYS[kind])
            for way in WAYS:
                label = _("%(kind)s: by mail") if way == "by_mail" else _("%(kind)s: in the newsroom")
                self.fields[f"{kind}-{way}"] = forms.BooleanField(
                    label=label % {"kind": kind.label}, required=False, initial=getattr(present, way)
                )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the kinds, each with its two switches."""
        return [(kind.label, self[f"{kind}-by_mail"], self[f"{kind}-in_newsroom"]) for kind in Kind]

    def save(self) -> None:
        """Keep what was chosen."""
        for kind in Kind:
            by_mail, in_newsroom = (self.cleaned_data[f"{kind}-{way}"] for way in WAYS)
            default = DEFAULT_WAYS[kind]
            if (by_mail, in_newsroom) == (default.by_mail, default.in_newsroom):
                NoticeSetting.objects.filter(user=self.user, kind=kind).delete()
                continue
            NoticeSetting.objects.update_or_create(
                user=self.user, kind=kind, defaults={"by_mail": by_mail, "in_newsroom": in_newsroom}
            )
