"""Which boards the newsroom has, in the order of their tabs. A part that brings a board registers it here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Board:
    """A board: its tab's name and the name of its address."""

    name: "StrOrPromise"
    url_name: str

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(self.url_name)


BOARDS: list[Board] = [
    Board(_("By desk"), "newsdesk_board_by_stage"),
    Board(_("By due time"), "newsdesk_board_by_due_time"),
]


def register_board(board: Board) -> None:
    """Give a board its tab beside the others, once."""
    if board not in BOARDS:
        BOARDS.append(board)
