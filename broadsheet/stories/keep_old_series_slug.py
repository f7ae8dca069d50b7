"""Keeps a series' old address working after its slug changed."""

from broadsheet.stories.series import Series, SeriesRedirect


def keep_old_series_slug(*, series: Series, old_slug: str) -> None:
    """Lead readers from `old_slug` to the series, and stop leading them from the slug it has now."""
    if not old_slug or old_slug == series.slug:
        return
    SeriesRedirect.objects.filter(old_slug=series.slug).delete()
    SeriesRedirect.objects.update_or_create(old_slug=old_slug, defaults={"series": series})
