"""Asyncio client of the text-to-speech worker: streamed text in, audio with word times out.

`Speech` is one spoken text; `Connection` is shared by many. `tts_worker.pipecat` and `tts_worker.livekit` are
services for these frameworks."""

from .client import BALANCED, Connection, Frame, Outcome, Receipt, Speech, SpeechError, Word

__all__ = ["BALANCED", "Connection", "Frame", "Outcome", "Receipt", "Speech", "SpeechError", "Word"]
