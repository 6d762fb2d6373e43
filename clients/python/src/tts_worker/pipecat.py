"""A Pipecat service: one call for each context, words before their audio, a receipt at an interruption."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import grpc
from loguru import logger
from pipecat.frames.frames import CancelFrame, ErrorFrame, Frame, TTSAudioRawFrame, TTSStoppedFrame
from pipecat.processors.frame_processor import FrameProcessorSetup
from pipecat.services.settings import TTSSettings
from pipecat.services.tts_service import TTSService
from pipecat.utils.tracing.service_decorators import traced_tts

from .aligned import AlignedText
from .client import Connection, Receipt, Speech, SpeechError

QUIET_TIMEOUT = 10.0  # s without audio, after which Pipecat closes a context; the end of a call closes it before
STOP_TIMEOUT = 2.0  # s


class WorkerTTSService(TTSService):
    """Speaks by a text-to-speech worker, in SENTENCE mode or, sooner, TOKEN mode.

        tts = WorkerTTSService("localhost:7001", voice="hibari-en-us-heart", options={"speed": 1.1})

    The voice, its `language` and the pipeline's sample rate are asked of the worker with each context, so new settings
    hold from the next one. Event `on_speech_stopped(service, context_id, receipt)`: what the worker had sent when a
    context was interrupted; the receipt is None when all of it had been sent, or the worker did not answer."""

    Settings = TTSSettings
    _settings: TTSSettings

    def __init__(
        self,
        addr: str = "localhost:7001",
        *,
        voice: str = "",
        options: Mapping[str, str | int | float | bool] | None = None,
        token: str | None = None,
        tls: bool | bytes | grpc.ChannelCredentials = False,
        settings: TTSSettings | None = None,
        **kwargs: Any,
    ) -> None:
        known = TTSSettings(model=None, voice=voice, language=None)
        if settings is not None:
            known.apply_update(settings)
        kwargs.setdefault("stop_frame_timeout_s", QUIET_TIMEOUT)
        super().__init__(settings=known, push_text_frames=False, push_start_frame=True, **kwargs)
        self._addr, self._token, self._tls = addr, token, tls
        self._options = dict(options or {})
        self._connection: Connection | None = None
        self._calls: dict[str, tuple[Speech, asyncio.Task[None]]] = {}
        self._stopping: set[asyncio.Task[None]] = set()
        self._register_event_handler("on_speech_stopped")

    def can_generate_metrics(self) -> bool:
        """Time to the first audio and the characters spoken."""
        return True

    @property
    def supports_processing_metrics(self) -> bool:
        """No: run_tts hands the text on, audio comes later."""
        return False

    async def setup(self, setup: FrameProcessorSetup) -> None:  # type: ignore[override]  # as Pipecat does
        """Begins to connect."""
        await super().setup(setup)
        self._connect().connect()

    async def cancel(self, frame: CancelFrame) -> None:
        """Ends all calls."""
        await super().cancel(frame)
        await self._end_calls()

    async def cleanup(self) -> None:
        """Ends all calls and the connection."""
        await super().cleanup()
        await self._end_calls()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    @traced_tts
    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """Hands a sentence or token to the call of the context; the first opens it."""
        if context_id not in self._calls:
            speech = Speech(self._connect(), voice=self._settings.voice or "", options=self._session_options())
            self._calls[context_id] = (speech, self.create_task(self._receive_speech(context_id, speech), "speech"))
        speech = self._calls[context_id][0]
        # Sentences come without the blanks between them, tokens with them.
        apart = self._is_streaming_tokens or not speech.text or speech.text[-1].isspace()
        speech.push(text if apart else " " + text)
        await self.start_tts_usage_metrics(text)
        yield None

    async def flush_audio(self, context_id: str | None = None) -> None:
        """Ends the text of a context."""
        call = self._calls.get(context_id or self.get_active_audio_context_id() or "")
        if call is not None:
            call[0].end()

    async def on_audio_context_interrupted(self, context_id: str) -> None:
        """Stops the call of the context, without keeping the interruption waiting for the worker."""
        await self.stop_all_metrics()
        call = self._calls.pop(context_id, None)
        if call is not None:
            stopping = self.create_task(self._stop_speech(context_id, *call), "stop")
            self._stopping.add(stopping)
            stopping.add_done_callback(self._stopping.discard)
        await super().on_audio_context_interrupted(context_id)

    async def on_audio_context_completed(self, context_id: str) -> None:
        """Ends a call whose text stopped coming: a context's times begin anew after that, so it needs a new call."""
        call = self._calls.get(context_id)
        if call is not None and not call[0].ended:
            del self._calls[context_id]
            await self.cancel_task(call[1])
        await super().on_audio_context_completed(context_id)

    def _connect(self) -> Connection:
        if self._connection is None:
            self._connection = Connection(self._addr, token=self._token, tls=self._tls)
        return self._connection

    def _session_options(self) -> dict[str, str | int | float | bool]:
        language = {"language": str(self._settings.language)} if self._settings.language else {}
        return {**language, **self._options, "sample_rate": self.sample_rate}

    async def _receive_speech(self, context_id: str, speech: Speech) -> None:
        try:
            try:
                speech.start()
                await self._play_speech(context_id, speech)
            except SpeechError as error:
                await self.append_to_audio_context(context_id, ErrorFrame(f"{self}: {error}", exception=error))
                # The rest of the turn would open silent contexts; three of them, and Pipecat gives the service up.
                await speech.wait_ended()
            if self.audio_context_available(context_id):
                await self.append_to_audio_context(context_id, TTSStoppedFrame(context_id=context_id))
                await self.remove_audio_context(context_id)
        finally:
            if self._calls.get(context_id, (None, None))[0] is speech:
                del self._calls[context_id]
            await speech.close()

    async def _play_speech(self, context_id: str, speech: Speech) -> None:
        aligned = AlignedText(speech)
        async for frame in speech:
            words = [(piece.text.strip(), piece.start) for piece in aligned.pieces(frame.words)]
            await self.add_word_timestamps(words, context_id)
            if frame.samples:
                audio = TTSAudioRawFrame(frame.samples, frame.sample_rate, 1, context_id=context_id)
                await self.append_to_audio_context(context_id, audio)

    async def _stop_speech(self, context_id: str, speech: Speech, receiving: asyncio.Task[None]) -> None:
        receipt: Receipt | None = None
        try:
            receipt = await speech.stop(STOP_TIMEOUT)
        except SpeechError as error:
            logger.warning(f"{self} could not stop context {context_id}: {error}")
        finally:
            await self.cancel_task(receiving)
        await self._call_event_handler("on_speech_stopped", context_id, receipt)

    async def _end_calls(self) -> None:
        for _, receiving in list(self._calls.values()):
            await self.cancel_task(receiving)
        for stopping in list(self._stopping):
            await self.cancel_task(stopping)
