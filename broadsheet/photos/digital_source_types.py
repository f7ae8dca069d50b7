"""How a picture came to be: the choices of IPTC's Digital Source Type NewsCodes that a newsroom meets."""

from django.utils.translation import gettext_lazy as _

NEWSCODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"

DIGITAL_SOURCE_TYPES = [
    ("", _("Not said")),
    (NEWSCODES + "digitalCapture", _("Taken with a camera")),
    (NEWSCODES + "computationalCapture", _("Taken with a camera that computes, such as a telephone's")),
    (NEWSCODES + "negativeFilm", _("Digitised from a negative")),
    (NEWSCODES + "positiveFilm", _("Digitised from a slide")),
    (NEWSCODES + "print", _("Digitised from a print")),
    (NEWSCODES + "minorHumanEdits", _("Photo with small edits by hand")),
    (NEWSCODES + "compositeCapture", _("Composed of several photos")),
    (NEWSCODES + "screenCapture", _("Picture of a screen")),
    (NEWSCODES + "digitalCreation", _("Drawn or made by a person with software")),
    (NEWSCODES + "dataDrivenMedia", _("Chart or map drawn from data")),
    (NEWSCODES + "algorithmicallyEnhanced", _("Photo enhanced by an algorithm")),
    (NEWSCODES + "compositeWithTrainedAlgorithmicMedia", _("Photo with parts made by generative software")),
    (NEWSCODES + "trainedAlgorithmicMedia", _("Made by generative software")),
]
"""Address and label. `Photo.digital_source_type` may hold other addresses, when a file brings them."""
