"""Which piece of the pushed text belongs to which word, for frameworks that show or keep what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .client import Speech, Word


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text, with the blanks and marks in front of it, and when it is heard, in seconds."""

    text: str
    start: float
    end: float


class AlignedText:
    """Cuts the text of one speech at its words; all pieces and the rest, joined, are the text."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._position = 0

    def pieces(self, words: Iterable[Word]) -> list[Piece]:
        """One piece for each word, one for all words of the same source, such as the two of "$4"."""
        pieces: list[Piece] = []
        for word in words:
            text = self._speech.text[self._position : word.context_end]
            if word.source_start >= self._position:
                pieces.append(Piece(text, word.start, word.end))
            elif pieces:
                pieces[-1] = Piece(pieces[-1].text + text, pieces[-1].start, word.end)
            else:
                continue  # its source came with an earlier frame; what follows it goes with the next word
            self._position = max(self._position, word.context_end)
        return pieces

    def rest(self) -> str:
        """What no word covered: the end of the text, or all of it when there were no words."""
        return self._speech.text[self._position :]
