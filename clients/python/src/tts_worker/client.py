"""One spoken text over gRPC: text is pushed as it comes, frames are read as they come, stop() interrupts."""

from __future__ import annotations

import asyncio
import contextlib
import enum
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio

from . import status_pb2, tts_pb2

SERVICE = "/tts.TTSService/"
CHANNEL_OPTIONS = (
    ("grpc.keepalive_time_ms", 30_000),  # the worker allows a ping every 5 s
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2_000),  # a worker that was restarted is found again soon
)
START_TIMEOUT = 30.0  # s; the worker may load the voice first
STOP_TIMEOUT = 5.0
CLOSE_TIMEOUT = 1.0


class SpeechError(Exception):
    """A call failed: the gRPC code, the worker's reason (proto/README.md) or "", its message, when to try again."""

    def __init__(self, code: grpc.StatusCode, message: str, reason: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{reason or code.name}: {message}")
        self.code = code
        self.message = message
        self.reason = reason
        self.retry_after = retry_after  # s

    @classmethod
    def of(cls, error: grpc.aio.AioRpcError) -> SpeechError:
        """The error with the reason and delay of its details, when it has some."""
        reason, retry_after = "", None
        for key, value in error.trailing_metadata() or ():
            if key == "grpc-status-details-bin" and isinstance(value, bytes):
                for detail in status_pb2.Status.FromString(value).details:
                    if detail.type_url.endswith("/google.rpc.ErrorInfo"):
                        reason = status_pb2.ErrorInfo.FromString(detail.value).reason
                    elif detail.type_url.endswith("/google.rpc.RetryInfo"):
                        delay = status_pb2.RetryInfo.FromString(detail.value).retry_delay
                        retry_after = delay.seconds + delay.nanos / 1e9
        return cls(error.code(), error.details() or "", reason, retry_after)


class Outcome(enum.Enum):
    """How a call ended; the values are those of AudioFrame.End."""

    SPOKEN = 1
    STOPPED = 2
    SESSION_REPLACED = 3
    SESSION_ENDED = 4
    PAUSED_TOO_LONG = 5


# Of a refused StartSession, which is no status; all others are INVALID_ARGUMENT.
REFUSALS = {
    "MODEL_NOT_FOUND": grpc.StatusCode.NOT_FOUND,
    "BUDGET_EXCEEDED": grpc.StatusCode.RESOURCE_EXHAUSTED,
    "NO_CAPACITY": grpc.StatusCode.RESOURCE_EXHAUSTED,
    "INVALID_VOICEPACK": grpc.StatusCode.UNAVAILABLE,
    "MODEL_LOAD_FAILED": grpc.StatusCode.UNAVAILABLE,
    "MODEL_LOADING": grpc.StatusCode.UNAVAILABLE,
    "DRAINING": grpc.StatusCode.UNAVAILABLE,
    "INTERNAL": grpc.StatusCode.INTERNAL,
}


@dataclass(frozen=True, slots=True)
class Word:
    """When a word is heard, in seconds of the call's audio, and which characters of the pushed text it is."""

    text: str  # as it stands in the text; of "$4" both words, "four" and "dollars", have "$4"
    spoken: str  # as it is said
    start: float
    end: float
    source_start: int
    source_end: int
    context_end: int  # source_end and the punctuation that touches it


@dataclass(frozen=True, slots=True)
class Frame:
    """20 ms of mono signed 16-bit little endian samples, and the words that begin in them or later."""

    samples: bytes
    sample_rate: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What had left the worker, or been heard: samples, the last whole word, and up to where in the text."""

    samples: int
    last_word: str
    source_end: int
    context_end: int


class Connection:
    """A channel to one worker. Speeches share it; without one, each opens its own.

    `tls` is False, True (the machine's certificates), the PEM bytes of a CA, or gRPC credentials."""

    def __init__(
        self, addr: str, *, token: str | None = None, tls: bool | bytes | grpc.ChannelCredentials = False
    ) -> None:
        target = addr.removeprefix("grpc://")
        if isinstance(tls, bytes):
            tls = grpc.ssl_channel_credentials(tls)
        elif tls is True:
            tls = grpc.ssl_channel_credentials()
        self._channel = (
            grpc.aio.secure_channel(target, tls, CHANNEL_OPTIONS)
            if isinstance(tls, grpc.ChannelCredentials)
            else grpc.aio.insecure_channel(target, CHANNEL_OPTIONS)
        )
        self._token = token

    def metadata(self, session: str) -> list[tuple[str, str]]:
        """The token, and the session's id for proxies that keep a session on one worker."""
        return [("x-session-id", session)] + ([("authorization", f"Bearer {self._token}")] if self._token else [])

    async def ask(self, method: str, request: Any, answer: Any, session: str, timeout: float) -> Any:
        """One request, one answer. Raises SpeechError."""
        call = self._channel.unary_unary(SERVICE + method, type(request).SerializeToString, answer.FromString)
        try:
            return await call(request, timeout=timeout, metadata=self.metadata(session))
        except grpc.aio.AioRpcError as error:
            raise SpeechError.of(error) from error

    def synthesize(self, chunks: AsyncIterator[Any], session: str) -> Any:
        """The call that speaks."""
        call = self._channel.stream_stream(
            SERVICE + "Synthesize", tts_pb2.TextChunk.SerializeToString, tts_pb2.AudioFrame.FromString
        )
        return call(chunks, metadata=self.metadata(session))

    def connect(self) -> None:
        """Begins to connect, so that the first speech need not wait for it."""
        self._channel.get_state(try_to_connect=True)

    async def close(self) -> None:
        """Ends all calls on it."""
        await self._channel.close()


class Speech:
    """One text, spoken while it comes: a session of its own with one call.

        async with Speech("localhost:7001", voice="hibari-en-us-heart", options={"sample_rate": 16000}) as speech:
            speech.push("Good morning.")
            speech.end()
            async for frame in speech:
                play(frame.samples)

    `voice` "" is the worker's default; `options` are the session options of proto/README.md. Cancelling a reader
    does not end the call: stop() or leaving the block does. One task reads; any may push, end and stop, in one loop."""

    def __init__(
        self,
        addr: str | Connection,
        *,
        voice: str = "",
        options: Mapping[str, str | int | float | bool] | None = None,
        token: str | None = None,
        tls: bool | bytes | grpc.ChannelCredentials = False,
        timeout: float = START_TIMEOUT,
    ) -> None:
        self._shared = isinstance(addr, Connection)
        self._connection = addr if isinstance(addr, Connection) else Connection(addr, token=token, tls=tls)
        self._session = str(uuid.uuid4())
        self._voice = voice
        self._options = {name: _option(value) for name, value in (options or {}).items()}
        self._timeout = timeout
        self._input: asyncio.Queue[str | None] = asyncio.Queue()
        self._ended = asyncio.Event()
        self._started = self._stopped = False
        self._call: Any = None
        self._reading: asyncio.Future[Any] | None = None
        self._words: list[Word] = []
        self.text = ""  # all that was pushed; words and receipts point into it
        self.sample_rate = 0  # of the frames, known with the first
        self.outcome: Outcome | None = None  # known with the last frame

    async def __aenter__(self) -> Speech:
        try:
            await self.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def start(self) -> None:
        """What entering the block does; close() must follow. Text may be pushed before. Raises SpeechError."""
        request = tts_pb2.StartSessionRequest(session_id=self._session, model_id=self._voice, options=self._options)
        answer = await self._ask("StartSession", request, tts_pb2.StartSessionResponse, self._timeout)
        if not answer.success:
            if answer.reason:
                raise SpeechError(
                    REFUSALS.get(answer.reason, grpc.StatusCode.INVALID_ARGUMENT), answer.message, answer.reason
                )
            # An older worker says no reason: one that serves refuses because of what was asked for.
            report = await self._ask(
                "GetCapabilities", tts_pb2.GetCapabilitiesRequest(), tts_pb2.GetCapabilitiesResponse, self._timeout
            )
            serving = report.state == "SERVING"
            code = grpc.StatusCode.INVALID_ARGUMENT if serving else grpc.StatusCode.UNAVAILABLE
            raise SpeechError(code, answer.message, "" if serving else report.state)
        self._started = True
        self._call = self._connection.synthesize(self._chunks(), self._session)

    async def _ask(self, method: str, request: Any, answer: Any, timeout: float) -> Any:
        return await self._connection.ask(method, request, answer, self._session, timeout)

    async def _chunks(self) -> AsyncIterator[Any]:
        yield tts_pb2.TextChunk(session_id=self._session)
        while (text := await self._input.get()) is not None:
            yield tts_pb2.TextChunk(text=text)

    def push(self, text: str) -> None:
        """Adds a piece of the text; pieces are joined verbatim. One that ends in a sentence mark is spoken at once."""
        if self.ended:
            raise ValueError("push() after end() or stop()")
        if text:
            self.text += text
            self._input.put_nowait(text)

    def end(self) -> None:
        """Says that no more text comes. Idempotent."""
        if not self.ended:
            self._ended.set()
            self._input.put_nowait(None)

    @property
    def ended(self) -> bool:
        """Whether end() or stop() was called."""
        return self._ended.is_set()

    async def wait_ended(self) -> None:
        """Waits until end() or stop()."""
        await self._ended.wait()

    def __aiter__(self) -> AsyncIterator[Frame]:
        return self

    async def __anext__(self) -> Frame:
        """The next frame. Raises SpeechError."""
        # gRPC cancels a call whose reader is cancelled; then there would be no receipt.
        self._reading = self._reading or asyncio.ensure_future(self._call.read())
        try:
            message = await asyncio.shield(self._reading)
        except grpc.aio.AioRpcError as error:
            raise SpeechError.of(error) from error
        except asyncio.CancelledError:
            if self._stopped and self._reading.cancelled():
                raise StopAsyncIteration from None
            raise
        if message is grpc.aio.EOF:
            raise StopAsyncIteration
        self._reading = None
        words = tuple(self._word(word) for word in message.words)
        self._words.extend(words)
        self.sample_rate = message.sample_rate or self.sample_rate
        if message.is_final and message.end:
            self.outcome = Outcome(message.end)
        return Frame(message.audio_data, message.sample_rate, words)

    def _word(self, word: Any) -> Word:
        source = self.text[word.source_start : word.source_end]
        start, end = word.start_ms / 1000, word.end_ms / 1000
        return Word(source, word.text, start, end, word.source_start, word.source_end, word.context_end)

    async def stop(self, timeout: float = STOP_TIMEOUT) -> Receipt | None:
        """Interrupts: the worker sends no more, and says what it had sent. None when it had sent everything before.

        Frames that had been sent are still read. Raises SpeechError."""
        self._stopped = True
        request = tts_pb2.ControlRequest(session_id=self._session, command=tts_pb2.STOP)
        try:
            answer = await self._ask("Control", request, tts_pb2.ControlResponse, timeout)
        finally:
            self.end()
        for receipt in answer.receipts:
            return Receipt(receipt.samples, receipt.last_word, receipt.source_end, receipt.context_end)
        if self._call is not None:
            self._call.cancel()  # text that is still on its way is not spoken either
        return None

    def heard(self, seconds: float) -> Receipt:
        """What a listener had heard at this position of the audio, by the words received until now."""
        samples = int(seconds * self.sample_rate)
        for word in reversed(self._words):
            if word.end <= seconds:
                return Receipt(samples, word.spoken, word.source_end, word.context_end)
        return Receipt(samples, "", 0, 0)

    async def close(self) -> None:
        """Ends the call and the session. Idempotent; never fails."""
        self.end()
        if self._call is not None:
            self._call.cancel()
        if self._reading is not None:
            await asyncio.wait([self._reading])
            if not self._reading.cancelled():
                self._reading.exception()  # it was seen
            self._reading = None
        try:
            if self._started:
                self._started = False
                request = tts_pb2.EndSessionRequest(session_id=self._session)
                with contextlib.suppress(SpeechError):
                    await self._ask("EndSession", request, tts_pb2.EndSessionResponse, CLOSE_TIMEOUT)
        finally:
            if not self._shared:
                await self._connection.close()


def _option(value: str | int | float | bool) -> str:
    """As the worker writes it: True is on, False is off."""
    return ("off", "on")[value] if isinstance(value, bool) else str(value)
