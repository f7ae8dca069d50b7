"""The newsroom's audit: a list to filter, and the same list as CSV or JSON lines."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from broadsheet.accounts.models import User
from broadsheet.kit.paging import BadCursor
from broadsheet.newsdesk.audit import AuditCursor, AuditFilter, AuditRow, acts_known, audit_rows, every_row

READ_AUDIT = "changes.read_audit"
COLUMNS = ("at", "who", "user_id", "act", "act_label", "kind", "object_id", "what", "version", "details")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would take for a formula."""


class AuditForm(forms.Form):
    """By what the audit is narrowed."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), required=False, empty_label=_("Everybody")
    )
    act = forms.ChoiceField(label=_("Act"), required=False)
    story = forms.IntegerField(label=_("Story or page, by number"), required=False, min_value=1, max_value=2**62)
    since = forms.DateField(label=_("From"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=_("To"), required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(Q(groups__isnull=False) | Q(is_superuser=True)).distinct()
        self.fields["person"] = forms.ModelChoiceField(
            label=_("Person"), queryset=staff.order_by("email"), required=False, empty_label=_("Everybody")
        )
        self.fields["act"] = forms.ChoiceField(
            label=_("Act"), required=False, choices=[("", _("All acts")), *acts_known()]
        )

    def wanted(self) -> AuditFilter:
        """Return what was asked for; what could not be understood narrows nothing."""
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        until = said.get("until")
        person = said.get("person")
        return AuditFilter(
            user_id=person.pk if person else None,
            act=said.get("act") or "",
            page_id=said.get("story"),
            since=_midnight(said.get("since")),
            until=_midnight(until + dt.timedelta(days=1)) if until and until < dt.date.max else None,
        )


class Audit(WagtailAdminTemplateMixin, TemplateView):
    """What was done in the newsroom, newest first."""

    template_name = "newsdesk/audit.html"
    page_title = _("Audit")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not read it, and answer with a file where one is asked for."""
        reader = _reader(request)
        self.form = AuditForm(request.GET or {})
        kind = request.GET.get("export", "")
        if kind in EXPORTS:
            return _file(kind, every_row(self.form.wanted(), reader=reader))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the list."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Audit")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of this page of the list."""
        cursor = _cursor(self.request)
        rows, older = audit_rows(self.form.wanted(), reader=_reader(self.request), before=cursor)
        return super().get_context_data(
            form=self.form,
            rows=rows,
            older_query=self._query(before=str(older)) if older else "",
            newest_query=self._query() if cursor else "",
            exports=[(name, self._query(export=name)) for name in EXPORTS],
            address=reverse("newsdesk_audit"),
            is_narrowed=any(self.request.GET.get(name) for name in self.form.fields),
            **kwargs,
        )

    def _query(self, **more: str) -> str:
        """Return this page's filters as a query string."""
        query = self.request.GET.copy()
        for name in ("before", "export"):
            query.pop(name, None)
        for name, value in more.items():
            query[name] = value
        return f"?{query.urlencode()}"


class _Line:
    """A file that gives back each line as it is written, for `csv` to write into."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterator[AuditRow]) -> Iterator[str]:
    """Yield the audit as CSV; nothing in it is taken for a formula by a spreadsheet."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([_cell(_value(row, name)) for name in COLUMNS])


def json_lines(rows: Iterator[AuditRow]) -> Iterator[str]:
    """Yield the audit as one JSON object a line."""
    for row in rows:
        told = {name: getattr(row, name) for name in COLUMNS}
        yield json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


EXPORTS = {
    "csv": (csv_lines, "text/csv; charset=utf-8"),
    "jsonl": (json_lines, "application/jsonl; charset=utf-8"),
}


def _file(kind: str, rows: Iterator[AuditRow]) -> StreamingHttpResponse:
    write, content_type = EXPORTS[kind]
    response = StreamingHttpResponse(write(rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="audit.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _value(row: AuditRow, name: str) -> Any:
    value = getattr(row, name)
    if name == "at":
        return row.at.isoformat()
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False) if name == "details" else value


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm(READ_AUDIT):
        raise PermissionDenied
    return request.user


def _cursor(request: HttpRequest) -> AuditCursor | None:
    text = request.GET.get("before", "")
    try:
        return AuditCursor.parse(text) if text else None
    except BadCursor as error:
        raise Http404 from error
