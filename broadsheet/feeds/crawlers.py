"""Programs that collect the paper for artificial intelligence, by what they collect it for.

Names are those by which their makers say they obey robots.txt (RFC 9309). Programs that obey nothing, or go by another
name, are not stopped by it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

TRAINING = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot",
    "cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ImagesiftBot",
    "img2dataset", "Meta-ExternalAgent", "omgili", "PanguBot", "Timpibot", "Webzio-Extended",
)  # fmt: skip
"""They collect texts and pictures of which models are made."""
ANSWERING = (
    "ChatGPT-User", "Claude-SearchBot", "Claude-User", "DuckAssistBot", "Meta-ExternalFetcher", "MistralAI-User",
    "OAI-SearchBot", "Perplexity-User", "PerplexityBot", "YouBot",
)  # fmt: skip
"""They look things up to answer somebody's question, mostly with a link to the source."""


class AiPolicy(models.TextChoices):
    """What the paper lets programs of artificial intelligence do with it."""

    ALL = "all", _("Welcome: for training models and for answering questions")
    ANSWERS = "answers", _("Only to answer questions, not to train models")
    NONE = "none", _("Neither")


def refused_by(policy: str) -> tuple[str, ...]:
    """Return the names of the programs that a policy refuses."""
    refused = {AiPolicy.ALL: (), AiPolicy.ANSWERS: TRAINING, AiPolicy.NONE: (*TRAINING, *ANSWERING)}
    return refused[AiPolicy(policy)]
