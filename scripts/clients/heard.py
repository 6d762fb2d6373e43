"""What a client heard: first sound, duration, rate and level of PCM; used by the scripts beside it."""

import array
import math
import sys
import time


class Heard:
    """One answer: pieces of 16-bit little-endian mono PCM as they come."""

    def __init__(self, what: str, rate: int) -> None:
        self.what = what
        self.rate = rate
        self.pcm = bytearray()
        self.began = time.perf_counter()
        self.first_ms: float | None = None

    def add(self, pcm: bytes) -> None:
        if pcm and self.first_ms is None:
            self.first_ms = (time.perf_counter() - self.began) * 1000
        self.pcm += pcm

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.rate

    @property
    def level(self) -> float:
        """RMS in dBFS; -100 for silence."""
        samples = array.array("h", bytes(self.pcm[: len(self.pcm) // 2 * 2]))
        if sys.byteorder == "big":
            samples.byteswap()
        power = sum(s * s for s in samples) / max(1, len(samples))
        return 10 * math.log10(power / 32768**2) if power > 0 else -100.0

    def report(self) -> None:
        first = "-" if self.first_ms is None else f"{self.first_ms:.0f}"
        print(
            f"{self.what}: first sound {first} ms, {self.seconds:.2f} s at {self.rate} Hz, {self.level:.1f} dBFS",
            flush=True,
        )


class Checks:
    """Counts what is wrong."""

    def __init__(self) -> None:
        self.wrong = 0

    def that(self, fact: bool, what: str) -> None:
        print(f"{'ok    ' if fact else 'WRONG '} {what}", flush=True)
        self.wrong += not fact

    def end(self) -> None:
        sys.exit(1 if self.wrong else 0)
