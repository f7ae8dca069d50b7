"""Asks a source for what is new and takes it in; one at a time for each source, whatever asks for it."""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from broadsheet.kit import clock
from broadsheet.kit.outbound.guarded_request import Answer, Limits, RequestFailedError, guarded_get
from broadsheet.kit.outbound.public_hosts import Resolve, resolve
from broadsheet.wire.models import SourceKind, WireSource
from broadsheet.wire.models.source import allowed_hosts
from broadsheet.wire.read_folder import FolderMissingError, new_files, remember
from broadsheet.wire.read_item import ReadDocument, WireRefused
from broadsheet.wire.readers.detect import MOST_BYTES, read_document
from broadsheet.wire.secret_files import SecretError, secret_headers
from broadsheet.wire.take_in import TakenIn, take_in

LIMITS = Limits(most_bytes=MOST_BYTES, seconds=30)
LONGEST_RUN = dt.timedelta(minutes=10)
"""A run that has not ended by then was killed; another may begin."""
MOST_PROBLEMS = 20
logger = logging.getLogger(__name__)
ACCEPTED = frozenset(
    (
        *("application/xml", "text/xml", "application/json", "text/json", "text/plain", "text/csv"),
        *("text/tab-separated-values", "application/octet-stream", "binary/octet-stream"),
        *("application/x-rss", "application/rdf"),
    )
)
ACCEPTED_ENDINGS = ("+xml", "+json", "/xml", "/json", "/rss", "/atom")


@dataclass(slots=True)
class FetchReport:
    """What a fetch brought. `error` is a sentence where the source as a whole could not be read."""

    source: str
    taken: TakenIn = field(default_factory=TakenIn)
    problems: list[str] = field(default_factory=list)
    error: str = ""
    is_busy: bool = False
    """Another run was at it: nothing was done."""
    retry_after_seconds: int = 0

    def as_json(self) -> dict[str, object]:
        """Return figures."""
        taken = self.taken
        return {
            "source": self.source,
            "new": len(taken.new),
            "changed": len(taken.changed),
            "unchanged": taken.unchanged,
            "late": taken.late,
            "refused": len(self.problems),
            "error": self.error,
        }


def fetch_source(*, source_id: int, resolver: Resolve = resolve) -> FetchReport:
    """Ask a source, take in what it has, and note how it went. Raises WireSource.DoesNotExist."""
    source = WireSource.objects.get(pk=source_id)
    report = FetchReport(source.name)
    if not _claim(source):
        report.is_busy = True
        return report
    try:
        if source.kind == SourceKind.FOLDER:
            _read_folder(source, report)
        else:
            _read_url(source, report, resolver)
    except (WireRefused, RequestFailedError, SecretError, FolderMissingError) as error:
        report.error = str(error)
        report.retry_after_seconds = getattr(error, "retry_after_seconds", 0)
    except Exception:
        report.error = _("It failed for a reason that the operator finds in the log.")
        raise
    finally:
        _note(source, report)
    return report


def _claim(source: WireSource) -> bool:
    """Take the source for this run; tell whether it was free."""
    now = clock.now()
    free = Q(running_until=None) | Q(running_until__lte=now)
    source.running_until = now + LONGEST_RUN
    return bool(WireSource.objects.filter(free, pk=source.pk).update(running_until=source.running_until))


def _note(source: WireSource, report: FetchReport) -> None:
    """Note how it went, unless the source has got another address meanwhile, of which this run knows nothing."""
    now = clock.now()
    source.failures = source.failures + 1 if report.error else 0
    mine = WireSource.objects.filter(pk=source.pk)
    mine.filter(kind=source.kind, address=source.address).update(
        fetched_at=now,
        error=report.error[:1_000],
        problems=report.problems[:MOST_PROBLEMS],
        failures=source.failures,
        succeeded_at=source.succeeded_at if report.error else now,
        due_at=now + max(source.pause, dt.timedelta(seconds=report.retry_after_seconds)),
        etag=source.etag,
        last_modified=source.last_modified,
    )
    mine.filter(running_until=source.running_until).update(running_until=None)


def _read_url(source: WireSource, report: FetchReport, resolver: Resolve) -> None:
    conditions = {"If-None-Match": source.etag, "If-Modified-Since": source.last_modified}
    answer = guarded_get(
        source.address,
        headers={"Accept": "*/*", **{name: value for name, value in conditions.items() if value}},
        secret_headers=secret_headers(source.secret, url=source.address),
        allowed_hosts=allowed_hosts(),
        limits=LIMITS,
        resolver=resolver,
    )
    if answer.status == 304:
        return
    _check_type(answer)
    document = _understood(answer.body, name=answer.url, base=answer.url, headers=answer.headers)
    report.problems += [f"{refusal.name}: {refusal.sentence}" for refusal in document.refusals]
    report.taken = take_in(source=source, items=document.items)
    report.problems += report.taken.refused
    source.etag = answer.headers.get("etag", "")[:500]
    source.last_modified = answer.headers.get("last-modified", "")[:100]


def _understood(data: bytes, *, name: str, base: str = "", headers: Mapping[str, str] | None = None) -> ReadDocument:
    """Read a document. One that finds a mistake of ours is refused like any other: it must not stop those after it."""
    try:
        return read_document(data, name=name, base=base, headers=headers)
    except WireRefused:
        raise
    except Exception as error:
        logger.exception("A document of the wire could not be read: %s", name)
        raise WireRefused(_("It made our reader stumble. The operator finds why in the log.")) from error


def _check_type(answer: Answer) -> None:
    """Refuse what is said to be something else: a web page, where a feed was; a picture, a program."""
    media_type = answer.media_type
    if media_type in {"text/html", "application/xhtml+xml"}:
        raise WireRefused(_("The address answers with a web page, not with a feed. Ask for the feed’s own address."))
    if media_type and media_type not in ACCEPTED and not media_type.endswith(ACCEPTED_ENDINGS):
        raise WireRefused(_("The address answers with “%(type)s”, which is no feed.") % {"type": media_type[:80]})


def _read_folder(source: WireSource, report: FetchReport) -> None:
    for file in new_files(source):
        refused = file.refused
        if not refused:
            try:
                document = _understood(file.data, name=file.name)
                taken = take_in(source=source, items=document.items, beside=file.name.rpartition("/")[0])
                _add(report.taken, taken)
                refusals = [f"{one.name}: {one.sentence}" for one in document.refusals]
                refused = "\n".join([*refusals, *taken.refused])
            except WireRefused as refusal:
                refused = refusal.sentence
        remember(source, file, refused=refused)
        if refused:
            report.problems.append(f"{file.name}: {refused}"[:500])


def _add(whole: TakenIn, part: TakenIn) -> None:
    whole.new += part.new
    whole.changed += part.changed
    whole.unchanged += part.unchanged
    whole.late += part.late
