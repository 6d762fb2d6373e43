"""Calls to a fleet, and what came of them."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import itertools
import time

from tts_worker import Connection, Outcome, Speech, SpeechError

TEXTS = (
    "Good morning, and welcome to the hotel.",
    "Your table for four is booked for half past seven this evening.",
    "The next train to the airport leaves from platform nine in about ten minutes.",
    "I have looked it up for you. The parcel was sent yesterday, and it should arrive tomorrow before noon.",
)
LONG = " ".join((*TEXTS, *TEXTS[1:]))  # some 27 s of speech
SEEDED = {"seed": 7}  # any worker gives the same samples
AT_ONCE = {"max_lead_ms": 600_000}  # as fast as it can be computed


@dataclasses.dataclass
class Call:
    """What came of one call."""

    session: str = ""
    began: float = 0.0
    first_audio: float | None = None  # s, from the text
    samples: int = 0
    digest: str = ""
    outcome: Outcome | None = None
    error: SpeechError | None = None
    ended: float = 0.0

    @property
    def whole(self) -> bool:
        return self.error is None and self.outcome is Outcome.SPOKEN


async def speak(connection: Connection, text: str, voice: str = "", **options: int) -> Call:
    """Speaks one text."""
    call, audio = Call(), hashlib.sha256()
    async with Speech(connection, voice=voice, options={**SEEDED, **options}) as speech:
        call.session = speech.session_id
        call.began = time.monotonic()
        speech.push(text)
        speech.end()
        try:
            async for frame in speech:
                if call.first_audio is None and frame.samples:
                    call.first_audio = time.monotonic() - call.began
                call.samples += len(frame.samples) // 2
                audio.update(frame.samples)
        except SpeechError as error:
            call.error = error
        call.outcome = speech.outcome
    call.digest = audio.hexdigest()
    call.ended = time.monotonic()
    return call


class Load:
    """Users who call again and again, one text after another, while the block runs."""

    def __init__(self, connection: Connection, users: int, voice: str = "", texts: tuple[str, ...] = TEXTS) -> None:
        self._connection, self._users, self._voice, self._texts = connection, users, voice, texts
        self.calls: list[tuple[str, Call]] = []
        self._over = False

    async def __aenter__(self) -> Load:
        self._tasks = [asyncio.ensure_future(self._user(number)) for number in range(self._users)]
        return self

    async def _user(self, number: int) -> None:
        for text in itertools.islice(itertools.cycle(self._texts), number, None):
            if self._over:
                return
            call = await speak(self._connection, text, self._voice)
            self.calls.append((text, call))
            if call.error is not None:
                await asyncio.sleep(0.1)

    async def __aexit__(self, *_: object) -> None:
        self._over = True
        await asyncio.gather(*self._tasks)

    def failures(self) -> list[Call]:
        """Calls that were not spoken to their end."""
        return [call for _, call in self.calls if not call.whole]


def quantile(values: list[float], share: float) -> float:
    """Of a list that is not empty."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
