"""The blocks of which a story's body is made."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

from broadsheet.stories.embeds import Embed, understand_embed

INLINE_FEATURES = [
    "bold",
    "italic",
    "link",
    "document-link",
    "superscript",
    "subscript",
    "strikethrough",
]
BOX_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text; the headline is the page's only first-level heading."""

    text = blocks.CharBlock(max_length=160, label=_("Heading"))
    level = blocks.ChoiceBlock(
        choices=[("2", _("Heading")), ("3", _("Subheading"))],
        default="2",
        label=_("Level"),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "stories/blocks/heading.html"


class PhotoBlock(blocks.StructBlock):
    """A photo in the text, with a caption of its own where the photo's will not do."""

    photo = ImageChooserBlock(label=_("Photo"))
    caption = blocks.TextBlock(
        required=False,
        label=_("Caption here"),
        help_text=_("The photo's own caption when empty."),
    )
    width = blocks.ChoiceBlock(
        choices=[
            ("text", _("As wide as the text")),
            ("wide", _("Wider than the text")),
        ],
        default="text",
        label=_("Width"),
    )

    class Meta:
        icon = "image"
        label = _("Photo")
        template = "stories/blocks/photo.html"


class GalleryPhotoBlock(blocks.StructBlock):
    """One photo of a gallery."""

    photo = ImageChooserBlock(label=_("Photo"))
    caption = blocks.TextBlock(
        required=False,
        label=_("Caption here"),
        help_text=_("The photo's own caption when empty."),
    )


class GalleryBlock(blocks.StructBlock):
    """Several photos that belong together, in order."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    photos = blocks.ListBlock(GalleryPhotoBlock(), min_num=2, label=_("Photos"))

    class Meta:
        icon = "copy"
        label = _("Gallery")
        template = "stories/blocks/gallery.html"


class PullQuoteBlock(blocks.StructBlock):
    """A line of the text set large to draw readers in; it repeats the text and adds nothing to it."""

    text = blocks.TextBlock(max_length=300, label=_("Line"))
    attribution = blocks.CharBlock(required=False, max_length=160, label=_("Whose words"))

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "stories/blocks/pull_quote.html"


class QuoteBlock(blocks.StructBlock):
    """Someone else's words, with their source."""

    text = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Quotation"))
    attribution = blocks.CharBlock(required=False, max_length=255, label=_("Who said it"))
    source_url = blocks.URLBlock(required=False, label=_("Where it can be read"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "stories/blocks/quote.html"


class BulletListBlock(blocks.StructBlock):
    """A list, numbered or not."""

    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE_FEATURES), label=_("Items"))
    is_numbered = blocks.BooleanBlock(required=False, label=_("Numbered"))

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "stories/blocks/list.html"


class FactBoxBlock(blocks.StructBlock):
    """Background set apart from the story."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=BOX_FEATURES, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "stories/blocks/fact_box.html"


class EmbedValue(blocks.StructValue):
    """An embed with what is known of its provider."""

    @property
    def embed(self) -> Embed:
        """Provider, player address and sort of the thing embedded."""
        return understand_embed(self["url"])


class EmbedBlock(blocks.StructBlock):
    """Something from another site: named here, and loaded only when the reader asks for it."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(
        max_length=200,
        label=_("What it is"),
        help_text=_("Shown before anything is loaded."),
    )
    caption = blocks.TextBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "stories/blocks/embed.html"
        value_class = EmbedValue


class CorrectionNoteBlock(blocks.StructBlock):
    """A correction as archives write it, in the text itself. The paper's own corrections are acts of publishing."""

    corrected_on = blocks.DateBlock(label=_("Corrected on"), default=dt.date.today)
    text = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("What was wrong, and what is right"))

    class Meta:
        icon = "warning"
        label = _("Correction")
        help_text = _(
            "For notes that came with an imported archive. To correct a story of our own, publish it as a correction:"
            " then the note stands at the story, on the page of corrections and on the record."
        )
        template = "stories/blocks/correction_note.html"


class PreformattedBlock(blocks.StructBlock):
    """Text whose line breaks and spaces matter: code, a poem, a score."""

    text = blocks.TextBlock(label=_("Text"))
    language = blocks.CharBlock(required=False, max_length=40, label=_("Language of the code"))

    class Meta:
        icon = "code"
        label = _("Preformatted text")
        template = "stories/blocks/preformatted.html"


class UnrecognisedBlock(blocks.StructBlock):
    """Source text that an import could not understand, kept as it was until an editor decides."""

    source = blocks.TextBlock(label=_("As it stood in the source"))
    reason = blocks.CharBlock(required=False, max_length=255, label=_("Why it was not understood"))

    class Meta:
        icon = "help"
        label = _("Unrecognised")
        template = "stories/blocks/unrecognised.html"


class StoryBody(blocks.StreamBlock):
    """The body of a story or an information page."""

    paragraph = blocks.RichTextBlock(
        features=INLINE_FEATURES,
        icon="pilcrow",
        label=_("Paragraph"),
        template="stories/blocks/paragraph.html",
    )
    heading = HeadingBlock()
    photo = PhotoBlock()
    gallery = GalleryBlock()
    pull_quote = PullQuoteBlock()
    quote = QuoteBlock()
    list = BulletListBlock()
    fact_box = FactBoxBlock()
    table = TableBlock(
        table_options={"contextMenu": True},
        template="stories/blocks/table.html",
        label=_("Table"),
        icon="table",
    )
    embed = EmbedBlock()
    related_story = blocks.PageChooserBlock(
        "stories.Story",
        template="stories/blocks/related_story.html",
        label=_("Related story"),
        icon="doc-full",
    )
    correction_note = CorrectionNoteBlock()
    preformatted = PreformattedBlock()
    unrecognised = UnrecognisedBlock(group=_("Only for some"))
    html = blocks.RawHTMLBlock(group=_("Only for some"), label=_("HTML"), template="stories/blocks/html.html")
