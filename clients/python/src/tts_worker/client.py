"""One spoken text over gRPC: text is pushed as it comes, frames are read as they come, stop() interrupts."""

from __future__ import annotations

import asyncio
import collections
import enum
import json
import uuid
from collections.abc import AsyncIterator, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio

from . import status_pb2, tts_pb2

try:
    from opentelemetry import propagate
except ImportError:
    propagate = None  # type: ignore[assignment]

SERVICE = "/tts.TTSService/"
CHANNEL_OPTIONS = (
    ("grpc.keepalive_time_ms", 30_000),  # the worker allows a ping every 5 s
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2_000),  # a worker that was restarted is found again soon
)
STOP_TIMEOUT = 5.0  # s
WRITE_FAILED = "Internal error from Core"  # grpc.aio's own status of a call that has ended when a chunk is written
STATUS_TIMEOUT = 1.0  # s, for the status that comes after it

# For a name that stands for several workers, such as a headless service's: new calls go where there is room, and a call
# that a worker refuses before its first sound is tried at another one.
BALANCED: Mapping[str, Any] = {
    "loadBalancingConfig": [
        {"weighted_round_robin": {"enableOobLoadReport": True, "oobReportingPeriod": "1s", "blackoutPeriod": "1s"}},
        {"round_robin": {}},
    ],
    "methodConfig": [
        {
            "name": [{"service": "tts.TTSService", "method": "Synthesize"}],
            "retryPolicy": {
                "maxAttempts": 3,
                "initialBackoff": "0.05s",
                "maxBackoff": "0.5s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
            },
        }
    ],
}


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
        code = error.code()
        if code is grpc.StatusCode.INTERNAL and not reason:
            # Not the worker's, which gives a reason: a proxy broke the stream off, since its worker is gone.
            code = grpc.StatusCode.UNAVAILABLE
        return cls(code, error.details() or "", reason, retry_after)


class Outcome(enum.Enum):
    """How a call ended; the values are those of AudioFrame.End."""

    SPOKEN = 1
    STOPPED = 2
    SESSION_REPLACED = 3
    SESSION_ENDED = 4
    PAUSED_TOO_LONG = 5


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
    """A channel to one worker, or to several of one name. Speeches share it; without one, each opens its own.

    `tls` is False, True (the machine's certificates), the PEM bytes of a CA, or gRPC credentials. `service_config`:
    gRPC's, such as BALANCED. With opentelemetry-api installed the present trace context goes along with each call."""

    def __init__(
        self,
        addr: str,
        *,
        token: str | None = None,
        tls: bool | bytes | grpc.ChannelCredentials = False,
        service_config: Mapping[str, Any] | None = None,
    ) -> None:
        target = addr.removeprefix("grpc://")
        if isinstance(tls, bytes):
            tls = grpc.ssl_channel_credentials(tls)
        elif tls is True:
            tls = grpc.ssl_channel_credentials()
        options = [*CHANNEL_OPTIONS]
        if service_config is not None:
            options.append(("grpc.service_config", json.dumps(service_config)))
        self._channel = (
            grpc.aio.secure_channel(target, tls, options)
            if isinstance(tls, grpc.ChannelCredentials)
            else grpc.aio.insecure_channel(target, options)
        )
        self._token = token

    def metadata(self) -> list[tuple[str, str]]:
        """The token, and the trace context."""
        headers: dict[str, str] = {}
        if propagate is not None:
            propagate.inject(headers)
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        return list(headers.items())

    def synthesize(self, chunks: AsyncIterator[Any]) -> Any:
        """The call that speaks."""
        call = self._channel.stream_stream(
            SERVICE + "Synthesize", tts_pb2.TextChunk.SerializeToString, tts_pb2.AudioFrame.FromString
        )
        return call(chunks, metadata=self.metadata())

    def connect(self) -> None:
        """Begins to connect, so that the first speech need not wait for it."""
        self._channel.get_state(try_to_connect=True)

    async def close(self) -> None:
        """Ends all calls on it."""
        await self._channel.close()


class _FinalStatus:
    """The worker's status of a call. grpc.aio replaces it by its own when a chunk is written after the call has ended,
    as one is when a worker refuses a call at its first chunk (grpc/grpc issue 36066)."""

    def __init__(self, call: Any) -> None:
        self._error: grpc.aio.AioRpcError | None = None
        self._known = asyncio.Event()
        call.add_done_callback(self._done)

    def _done(self, call: Any) -> None:
        details = _ready(call.details())
        if details != WRITE_FAILED:
            trailers = _ready(call.trailing_metadata())
            self._error = grpc.aio.AioRpcError(_ready(call.code()), grpc.aio.Metadata(), trailers, details)
            self._known.set()

    async def instead_of(self, error: grpc.aio.AioRpcError) -> grpc.aio.AioRpcError:
        """The worker's status where there is one, else this one."""
        if error.details() != WRITE_FAILED:
            return error
        try:
            await asyncio.wait_for(self._known.wait(), STATUS_TIMEOUT)
        except asyncio.TimeoutError:
            return error
        return self._error or error


def _ready(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns that has nothing to wait for: of a call that is over."""
    try:
        coroutine.send(None)
    except StopIteration as returned:
        return returned.value
    coroutine.close()
    raise RuntimeError("the call is not over")


class Speech:
    """One text, spoken while it comes, by a call that stands alone: no session has to be opened.

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
    ) -> None:
        self._shared = isinstance(addr, Connection)
        self._connection = addr if isinstance(addr, Connection) else Connection(addr, token=token, tls=tls)
        self._first = tts_pb2.TextChunk(
            session_id=str(uuid.uuid4()),
            model_id=voice,
            options={name: _option(value) for name, value in (options or {}).items()},
        )
        self._input: asyncio.Queue[Any] = asyncio.Queue()  # chunks; None at the end
        self._ended = asyncio.Event()
        self._call: Any = None
        self._status: _FinalStatus | None = None
        self._reading: asyncio.Future[Any] | None = None
        self._unread: collections.deque[Frame] = collections.deque()
        self._failure: SpeechError | None = None
        self._over = False
        self._words: list[Word] = []
        self._receipt: Receipt | None = None
        self.text = ""  # all that was pushed; words and receipts point into it
        self.sample_rate = 0  # of the frames, known with the first
        self.outcome: Outcome | None = None  # known with the last frame

    async def __aenter__(self) -> Speech:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def session_id(self) -> str:
        """How the worker's log names the call."""
        return str(self._first.session_id)

    def start(self) -> None:
        """What entering the block does; close() must follow. Text may be pushed before."""
        self._call = self._connection.synthesize(self._chunks())
        self._status = _FinalStatus(self._call)

    async def _chunks(self) -> AsyncIterator[Any]:
        yield self._first
        while (chunk := await self._input.get()) is not None:
            yield chunk

    def push(self, text: str) -> None:
        """Adds a piece of the text; pieces are joined verbatim. One that ends in a sentence mark is spoken at once."""
        if self.ended:
            raise ValueError("push() after end() or stop()")
        if text:
            self.text += text
            self._input.put_nowait(tts_pb2.TextChunk(text=text))

    def end(self) -> None:
        """Says that no more text comes. Idempotent."""
        if not self.ended:
            self._ended.set()
            # The stream stays open: stop() may follow.
            self._input.put_nowait(tts_pb2.TextChunk(is_final=True))

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
        while not self._unread:
            if self._failure is not None:
                raise self._failure
            if self._over:
                raise StopAsyncIteration
            await self._receive()
        return self._unread.popleft()

    async def _receive(self) -> None:
        """Waits for the next message; several tasks may."""
        if self._call is None:
            raise ValueError("start() comes first")
        # gRPC cancels a call whose reader is cancelled; then there would be no receipt.
        reading = self._reading = self._reading or asyncio.ensure_future(self._call.read())
        await asyncio.wait([reading])
        if self._reading is reading:
            self._reading = None
            await self._take(reading)

    async def _take(self, reading: asyncio.Future[Any]) -> None:
        try:
            message = reading.result()
        except grpc.aio.AioRpcError as error:
            assert self._status is not None
            self._failure = SpeechError.of(await self._status.instead_of(error))
            return
        except asyncio.CancelledError:
            self._over = True
            return
        if message is grpc.aio.EOF:
            self._over = True
            return
        words = tuple(self._word(word) for word in message.words)
        self._words.extend(words)
        self.sample_rate = message.sample_rate or self.sample_rate
        if message.is_final:
            self._input.put_nowait(None)
            self.outcome = Outcome(message.end) if message.end else None
            if message.HasField("receipt"):
                left = message.receipt
                self._receipt = Receipt(left.samples, left.last_word, left.source_end, left.context_end)
        self._unread.append(Frame(message.audio_data, message.sample_rate, words))

    def _word(self, word: Any) -> Word:
        source = self.text[word.source_start : word.source_end]
        start, end = word.start_ms / 1000, word.end_ms / 1000
        return Word(source, word.text, start, end, word.source_start, word.source_end, word.context_end)

    async def stop(self, timeout: float = STOP_TIMEOUT) -> Receipt | None:
        """Interrupts: the worker sends no more, and says what it had sent. None when it had sent everything before.

        Frames that had been sent are still read. Raises SpeechError."""
        self._ended.set()
        self._input.put_nowait(tts_pb2.TextChunk(control=tts_pb2.STOP))
        try:
            await asyncio.wait_for(self._drain(), timeout)
        except asyncio.TimeoutError:
            late = f"no receipt within {timeout:g} s"
            raise SpeechError(grpc.StatusCode.DEADLINE_EXCEEDED, late, "CALL_DEADLINE_EXCEEDED") from None
        return self._receipt

    async def _drain(self) -> None:
        while self._call is not None and self._failure is None and not self._over:
            await self._receive()
        if self._failure is not None:
            raise self._failure

    def heard(self, seconds: float) -> Receipt:
        """What a listener had heard at this position of the audio, by the words received until now."""
        samples = int(seconds * self.sample_rate)
        for word in reversed(self._words):
            if word.end <= seconds:
                return Receipt(samples, word.spoken, word.source_end, word.context_end)
        return Receipt(samples, "", 0, 0)

    async def close(self) -> None:
        """Ends the call. Idempotent; never fails."""
        self._ended.set()
        self._input.put_nowait(None)
        if self._call is not None:
            self._call.cancel()
        if self._reading is not None:
            await asyncio.wait([self._reading])
            if not self._reading.cancelled():
                self._reading.exception()  # it was seen
            self._reading = None
        self._over = True
        if not self._shared:
            await self._connection.close()


def _option(value: str | int | float | bool) -> str:
    """As the worker writes it: True is on, False is off."""
    return ("off", "on")[value] if isinstance(value, bool) else str(value)
