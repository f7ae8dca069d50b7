"""Keeps a topic's old address working after its slug changed."""

from broadsheet.topics.models import Topic, TopicRedirect


def keep_old_slug(*, topic: Topic, old_slug: str) -> None:
    """Lead readers from `old_slug` to the topic, and stop leading them from the slug it has now."""
    if not old_slug or old_slug == topic.slug:
        return
    TopicRedirect.objects.filter(old_slug=topic.slug).delete()
    TopicRedirect.objects.update_or_create(old_slug=old_slug, defaults={"topic": topic})
