"""Fetches the pictures of an item and puts them through the darkroom, with what the agency says of them."""

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from broadsheet.kit import clock
from broadsheet.kit.outbound.guarded_request import Limits, RequestFailedError, guarded_get, origin
from broadsheet.kit.outbound.public_hosts import Resolve, resolve
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.intake import PhotoRefused
from broadsheet.photos.models import Licence, Photo
from broadsheet.wire.models import SourceKind, WireItem, WirePhoto
from broadsheet.wire.models.source import allowed_hosts
from broadsheet.wire.read_folder import read_beside
from broadsheet.wire.read_item import ReadPhoto, WireRefused
from broadsheet.wire.secret_files import SecretError, secret_headers

MOST_PHOTOS = 10
"""Of one item; the others stay with the agency."""
SECONDS = 30.0
COLLECTION = "Wire"


def bring_photos(*, item_id: int, resolver: Resolve = resolve) -> int:
    """Fetch those photos of an item that are not there yet; return how many came. What fails is noted at the photo."""
    item = WireItem.objects.select_related("source").filter(pk=item_id).first()
    if item is None or item.is_killed:
        return 0
    told = {photo.ref[:2_000]: photo for photo in item.current.read.photos}
    came = 0
    for wanted in item.photos.filter(photo=None, ref__in=list(told))[:MOST_PHOTOS]:
        wanted.tried_at = clock.now()
        try:
            content = _content(item, wanted, resolver)
            with write_transaction():  # in two, readers could see between them what is not the paper's
                _keep(wanted, content, told.get(wanted.ref, ReadPhoto(wanted.ref)), item)
                wanted.problem = ""
                wanted.save()
            came += 1
            continue
        except PhotoRefused as refusal:
            wanted.problem = refusal.sentence
        except ValueError:
            wanted.problem = _("Its address makes no sense.")
        except (WireRefused, RequestFailedError, SecretError, DatabaseError) as error:
            wanted.problem = str(error)[:500]
        wanted.save(update_fields=["problem", "tried_at"])
    return came


def _content(item: WireItem, wanted: WirePhoto, resolver: Resolve) -> bytes:
    ref = wanted.ref
    is_address = ref.lower().startswith(("http://", "https://"))
    if not is_address and item.source.kind == SourceKind.FOLDER:
        return read_beside(item.source, ref, beside=wanted.beside)
    url = ref if is_address else urljoin(item.source.address, ref)
    answer = guarded_get(
        url,
        headers={"Accept": "image/*"},
        secret_headers=_secret_for(item, url),
        allowed_hosts=allowed_hosts(),
        limits=Limits(most_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, seconds=SECONDS),
        resolver=resolver,
    )
    if answer.media_type and not answer.media_type.startswith(("image/", "application/octet-stream", "binary/")):
        raise WireRefused(_("The address answers with “%(type)s”, no picture.") % {"type": answer.media_type[:80]})
    return answer.body


def _secret_for(item: WireItem, url: str) -> dict[str, str]:
    """Return what proves to the source's own host that we may read there; pictures elsewhere are asked without."""
    source = item.source
    if source.kind != SourceKind.URL or not source.secret or origin(url) != origin(source.address):
        return {}
    return secret_headers(source.secret, url=url)


def _keep(wanted: WirePhoto, content: bytes, told: ReadPhoto, item: WireItem) -> None:
    started = clock.now() - dt.timedelta(seconds=1)
    photo = add_photo(
        file=io.BytesIO(content),
        filename=_filename(told.ref),
        reuse_identical=True,
        title=(told.title or item.headline)[:255],
        caption=told.caption,
        alt_text=told.alt,
        credit=told.credit[:255],
        photographer=told.photographer[:255],
        agency=item.source.credit[:255],
        copyright_notice=told.copyright_notice[:500],
        usage_terms=told.usage_terms,
        licence=Licence.AGENCY,
    )
    others = WirePhoto.objects.filter(photo=photo, is_unclaimed=True)
    wanted.is_unclaimed = photo.created_at >= started or others.exists()
    if photo.created_at >= started:
        if not photo.credit:
            photo.credit = item.source.credit
        photo.collection = _collection()
        photo.withdrawn_at = clock.now()  # readers may not see it, so no sizes are made for them
        photo.save()
    wanted.photo = photo


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    found: Collection | None = root.get_children().filter(name=COLLECTION).first()
    return found or root.add_child(name=COLLECTION)


def _filename(ref: str) -> str:
    name = PurePosixPath(unquote(urlsplit(ref).path)).name
    kept = "".join(character for character in name if character.isalnum() or character in "-_.")
    return kept[-80:].lstrip(".") or "wire.jpg"


class PhotoEmbargoedError(Exception):
    """The agency's embargo holds for the photo, too: readers could see it."""


def keep_photo(*, wire_photo: WirePhoto) -> Photo | None:
    """Make a photo the paper's own: everybody can choose it, and it stays when its item is tidied away.

    Raises PhotoEmbargoedError.
    """
    if wire_photo.item.is_embargoed():
        raise PhotoEmbargoedError(_("It is under the agency’s embargo, and could be seen by readers."))
    if wire_photo.photo_id is not None:
        claim_photos([wire_photo.photo_id])
    return wire_photo.photo


@transaction.atomic
def claim_photos(photo_ids: Iterable[int]) -> None:
    """Make photos that were fetched for the wire alone the paper's own, and show them to readers where it uses them."""
    unclaimed = WirePhoto.objects.filter(photo__in=list(photo_ids), is_unclaimed=True)
    for photo in Photo.objects.filter(pk__in=list(unclaimed.values_list("photo", flat=True))):
        photo.withdrawn_at = None
        photo.save()
    unclaimed.update(is_unclaimed=False)
