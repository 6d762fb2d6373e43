"""A LiveKit Agents plug-in: one stream is one call, with a transcript aligned to the audio."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Mapping
from typing import Literal

import grpc
from livekit.agents import APIConnectOptions, APIStatusError, APITimeoutError, tts, utils
from livekit.agents.log import logger
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS
from livekit.agents.voice.io import TimedString

from .aligned import AlignedText
from .client import Connection, Speech, SpeechError

STOP_TIMEOUT = 1.0  # s; the interruption waits for it
# LiveKit tries 408, 429, 499 and 5xx again, no other 4xx.
HTTP_STATUS = {
    grpc.StatusCode.INVALID_ARGUMENT: 400,
    grpc.StatusCode.UNAUTHENTICATED: 401,
    grpc.StatusCode.PERMISSION_DENIED: 403,
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.RESOURCE_EXHAUSTED: 429,
    grpc.StatusCode.UNIMPLEMENTED: 501,
    grpc.StatusCode.UNAVAILABLE: 503,
}


class TTS(tts.TTS[Literal["speech_stopped"]]):
    """Speaks by a text-to-speech worker.

        AgentSession(tts=TTS("localhost:7001", voice="hibari-en-us-heart"), use_tts_aligned_transcript=True, …)

    Text goes to the worker as it comes, without a tokenizer. Event `speech_stopped(receipt)`: what the worker had sent
    when a stream was interrupted."""

    def __init__(
        self,
        addr: str = "localhost:7001",
        *,
        voice: str = "",
        sample_rate: int = 24_000,
        options: Mapping[str, str | int | float | bool] | None = None,
        token: str | None = None,
        tls: bool | bytes | grpc.ChannelCredentials = False,
    ) -> None:
        capabilities = tts.TTSCapabilities(streaming=True, aligned_transcript=True)
        super().__init__(capabilities=capabilities, sample_rate=sample_rate, num_channels=1)
        self._addr, self._token, self._tls = addr, token, tls
        self._voice = voice
        self._options = {**(options or {}), "sample_rate": sample_rate}
        self._connection: Connection | None = None
        self._streams: weakref.WeakSet[SynthesizeStream] = weakref.WeakSet()

    @property
    def model(self) -> str:
        """The voice, as metrics name it."""
        return self._voice or "default"

    @property
    def provider(self) -> str:
        """As metrics name it."""
        return "tts-worker"

    def prewarm(self) -> None:
        """Begins to connect."""
        self._connect().connect()

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        """Speaks a whole text."""
        return self._synthesize_with_stream(text, conn_options=conn_options)

    def stream(self, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS) -> SynthesizeStream:
        """Speaks text as it comes."""
        stream = SynthesizeStream(self, conn_options)
        self._streams.add(stream)
        return stream

    def open_speech(self) -> Speech:
        """A speech as configured, to be started."""
        return Speech(self._connect(), voice=self._voice, options=self._options)

    async def aclose(self) -> None:
        """Ends all streams and the connection."""
        for stream in list(self._streams):
            await stream.aclose()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    def _connect(self) -> Connection:
        if self._connection is None:
            self._connection = Connection(self._addr, token=self._token, tls=self._tls)
        return self._connection


class SynthesizeStream(tts.SynthesizeStream):
    """One call; made by TTS.stream()."""

    def __init__(self, worker: TTS, conn_options: APIConnectOptions) -> None:
        super().__init__(tts=worker, conn_options=conn_options)
        self._worker = worker

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        speech = self._worker.open_speech()
        request = utils.shortuuid()
        output_emitter.initialize(
            request_id=request, sample_rate=self._worker.sample_rate, num_channels=1, mime_type="audio/pcm", stream=True
        )
        output_emitter.start_segment(segment_id=request)
        feeding = asyncio.create_task(self._feed(speech), name="tts_worker.feed")
        try:
            speech.start()
            await self._play(speech, output_emitter)
        except SpeechError as error:
            raise _api_error(error, request) from error
        except asyncio.CancelledError:
            feeding.cancel()
            await self._stop(speech)
            raise
        finally:
            await utils.aio.cancel_and_wait(feeding)
            await speech.close()

    async def _feed(self, speech: Speech) -> None:
        async for data in self._input_ch:
            if isinstance(data, str):
                self._mark_started()
                speech.push(data)
        speech.end()

    async def _play(self, speech: Speech, output_emitter: tts.AudioEmitter) -> None:
        aligned, end = AlignedText(speech), 0.0
        async for frame in speech:
            # In front of its audio: LiveKit attaches it to what is pushed next.
            for piece in aligned.pieces(frame.words):
                end = piece.end
                output_emitter.push_timed_transcript(TimedString(piece.text, start_time=piece.start, end_time=end))
            output_emitter.push(frame.samples)
        if aligned.rest():
            output_emitter.push_timed_transcript(TimedString(aligned.rest(), start_time=end, end_time=end))

    async def _stop(self, speech: Speech) -> None:
        try:
            receipt = await speech.stop(STOP_TIMEOUT)
        except SpeechError as error:
            logger.warning("the worker could not be stopped: %s", error)
        else:
            if receipt is not None:
                self._worker.emit("speech_stopped", receipt)


def _api_error(error: SpeechError, request: str) -> APIStatusError | APITimeoutError:
    if error.code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return APITimeoutError(str(error))
    status = HTTP_STATUS.get(error.code, 500)
    return APIStatusError(str(error), status_code=status, request_id=request, body={"reason": error.reason})
