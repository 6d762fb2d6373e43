"""The Pipecat service in a real pipeline against a real worker; skipped without pipecat-ai."""

from __future__ import annotations

import asyncio
import contextlib
import time
import unittest
from collections.abc import AsyncIterator, Callable
from typing import Any

try:
    from loguru import logger
    from pipecat.frames.frames import (
        EndFrame,
        ErrorFrame,
        Frame,
        InterruptionFrame,
        LLMFullResponseEndFrame,
        LLMFullResponseStartFrame,
        LLMTextFrame,
        TTSAudioRawFrame,
        TTSSpeakFrame,
        TTSStartedFrame,
        TTSStoppedFrame,
        TTSTextFrame,
        TTSUpdateSettingsFrame,
    )
    from pipecat.pipeline.pipeline import Pipeline
    from pipecat.pipeline.worker import PipelineParams, PipelineWorker
    from pipecat.processors.frame_processor import FrameDirection
    from pipecat.services.settings import TTSSettings
    from pipecat.services.tts_service import TextAggregationMode
    from pipecat.tests.utils import QueuedFrameProcessor
    from pipecat.workers.runner import WorkerRunner
except ImportError as missing:
    raise unittest.SkipTest(f"pipecat-ai is not installed: {missing}") from missing

from tests.worker import TINY, TONE, Worker, free_port
from tts_worker import Receipt
from tts_worker.pipecat import WorkerTTSService

REPLY = ["Hello", ", dear", " listener.", " It costs", " $4", ".50.", " Good", "bye!"]
LONG = "This is a sentence of some length, which nobody needs to hear to its end. "
PATIENCE = 30.0  # s, for a busy machine
RATE = 16_000

worker: Worker


def setUpModule() -> None:
    global worker
    logger.remove()
    worker = Worker()


def tearDownModule() -> None:
    worker.close()


class Conversation:
    """A pipeline with one service: what goes in, and what comes out of both ends."""

    def __init__(self, service: WorkerTTSService) -> None:
        self.service = service
        self.down: asyncio.Queue[Frame] = asyncio.Queue()
        self.up: asyncio.Queue[Frame] = asyncio.Queue()
        source = QueuedFrameProcessor(queue=self.up, queue_direction=FrameDirection.UPSTREAM)
        sink = QueuedFrameProcessor(queue=self.down, queue_direction=FrameDirection.DOWNSTREAM)
        params = PipelineParams(audio_out_sample_rate=RATE)
        self.pipeline = PipelineWorker(
            Pipeline([source, service, sink]), cancel_on_idle_timeout=False, enable_rtvi=False, params=params
        )
        self.started = asyncio.Event()
        self.pipeline.add_event_handler("on_pipeline_started", self._on_started)

    async def _on_started(self, *_: Any) -> None:
        self.started.set()

    async def send(self, *frames: Frame) -> None:
        """Into the pipeline."""
        for frame in frames:
            await self.pipeline.queue_frame(frame)

    async def reply(self, *tokens: str) -> None:
        """A reply as a language model makes it."""
        await self.send(LLMFullResponseStartFrame(), *map(LLMTextFrame, tokens), LLMFullResponseEndFrame())

    async def until(self, kind: type[Frame], queue: asyncio.Queue[Frame] | None = None) -> list[Frame]:
        """What came out, up to the first frame of a kind."""
        frames: list[Frame] = []
        while not frames or not isinstance(frames[-1], kind):
            frames.append(await asyncio.wait_for((queue or self.down).get(), PATIENCE))
        return frames


@contextlib.asynccontextmanager
async def conversation(addr: str | None = None, **settings: Any) -> AsyncIterator[Conversation]:
    """A running pipeline; ended when left."""
    talk = Conversation(WorkerTTSService(addr or worker.addr, **{"voice": TINY, **settings}))
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(talk.pipeline)
    running = asyncio.create_task(runner.run())
    await asyncio.wait_for(talk.started.wait(), PATIENCE)
    try:
        yield talk
    finally:
        await talk.send(EndFrame())
        await asyncio.wait_for(running, PATIENCE)


def of(kind: type, frames: list[Frame], key: Callable[[Any], Any] = lambda frame: frame) -> list[Any]:
    """The frames of a kind, or something of each."""
    return [key(frame) for frame in frames if isinstance(frame, kind)]


def audio(frames: list[Frame]) -> bytes:
    """The samples of the frames."""
    return b"".join(of(TTSAudioRawFrame, frames, lambda frame: frame.audio))


class PipecatTest(unittest.IsolatedAsyncioTestCase):
    async def check_reply(self, mode: TextAggregationMode) -> None:
        async with conversation(text_aggregation_mode=mode) as talk:
            await talk.reply(*REPLY)
            frames = await talk.until(TTSStoppedFrame)
            contexts = set(of(TTSAudioRawFrame, frames, lambda frame: frame.context_id))
            self.assertEqual(1, len(contexts), "one call for the turn")
            self.assertEqual(1, len(of(TTSStartedFrame, frames)))
            words = of(TTSTextFrame, frames, lambda frame: frame.text)
            self.assertEqual(["Hello,", "dear", "listener.", "It", "costs", "$4.50.", "Goodbye!"], words)
            times = of(TTSTextFrame, frames, lambda frame: frame.pts)
            self.assertEqual(sorted(times), times)
            self.assertGreater(times[-1] - times[0], 1_000_000_000, "a second at least")
            self.assertEqual({RATE}, set(of(TTSAudioRawFrame, frames, lambda frame: frame.sample_rate)))
            self.assertGreater(len(audio(frames)), RATE * 2 * 2, "two seconds at least")
            kinds = [type(frame) for frame in frames]
            self.assertLess(kinds.index(TTSTextFrame), kinds.index(TTSAudioRawFrame), "words before their audio")
            self.assertTrue(talk.up.empty() or not of(ErrorFrame, list(talk.up._queue)))  # type: ignore[attr-defined]

    async def test_sentences(self) -> None:
        await self.check_reply(TextAggregationMode.SENTENCE)

    async def test_tokens(self) -> None:
        await self.check_reply(TextAggregationMode.TOKEN)

    async def test_interruption_gives_a_receipt_and_the_next_turn_speaks(self) -> None:
        async with conversation() as talk:
            stopped: asyncio.Queue[Receipt | None] = asyncio.Queue()

            @talk.service.event_handler("on_speech_stopped")
            async def on_speech_stopped(_: WorkerTTSService, context_id: str, receipt: Receipt | None) -> None:
                stopped.put_nowait(receipt)

            await talk.reply(*[LONG] * 30)
            before = await talk.until(TTSAudioRawFrame)
            began = time.monotonic()
            await talk.send(InterruptionFrame())
            before += await talk.until(InterruptionFrame)
            print(f"pipecat: last frame {1000 * (time.monotonic() - began):.0f} ms after the interruption", end=" ")
            receipt = await asyncio.wait_for(stopped.get(), PATIENCE)
            print(f"receipt after {1000 * (time.monotonic() - began):.0f} ms")
            assert receipt is not None
            self.assertGreaterEqual(receipt.samples * 2, len(audio(before)))
            self.assertTrue((LONG * 30)[: receipt.source_end].endswith(receipt.last_word))
            stale = set(of(TTSAudioRawFrame, before, lambda frame: frame.context_id))

            await talk.reply("Yes?")
            after = await talk.until(TTSStoppedFrame)
            self.assertEqual(["Yes?"], of(TTSTextFrame, after, lambda frame: frame.text))
            self.assertFalse(stale & set(of(TTSAudioRawFrame, after, lambda frame: frame.context_id)))

    async def test_an_uninterruptible_context_speaks_on(self) -> None:
        async with conversation() as talk:
            speak = TTSSpeakFrame(LONG * 2)
            speak.interruptible = False
            await talk.send(speak)
            await talk.until(TTSAudioRawFrame)
            await talk.send(InterruptionFrame())
            after = audio(await talk.until(TTSStoppedFrame))
            self.assertGreater(len(after), RATE * 2 * 5, "most of it comes after that")

    async def test_text_that_stops_coming_is_continued_by_a_new_call(self) -> None:
        async with conversation(stop_frame_timeout_s=0.3, text_aggregation_mode=TextAggregationMode.TOKEN) as talk:
            await talk.send(LLMFullResponseStartFrame(), LLMTextFrame("Hello, dear listener."))
            await talk.until(TTSAudioRawFrame)
            while talk.service.get_audio_contexts():
                await asyncio.sleep(0.01)
            await talk.send(LLMTextFrame(" Goodbye."), LLMFullResponseEndFrame())
            await talk.until(TTSStartedFrame)
            frames = await talk.until(TTSAudioRawFrame)
            now = talk.service.get_clock().get_time()
            frames += await talk.until(TTSStoppedFrame)
            word = of(TTSTextFrame, frames)[-1]
            self.assertEqual("Goodbye.", word.text)
            self.assertLess(word.pts - now, 500_000_000, "times count from the new call")

    async def test_speak_frame_in_the_tone_voice_without_words(self) -> None:
        async with conversation(voice=TONE) as talk:
            await talk.send(TTSSpeakFrame("Hello."))
            frames = await talk.until(TTSStoppedFrame)
            self.assertEqual(RATE, len(audio(frames)), "half a second of two bytes a sample")
            self.assertEqual("Hello.", "".join(of(TTSTextFrame, frames, lambda frame: frame.text)))

    async def test_new_settings_hold_from_the_next_context(self) -> None:
        async with conversation() as talk:
            await talk.send(TTSSpeakFrame("Hello."))
            self.assertNotEqual(RATE, len(audio(await talk.until(TTSStoppedFrame))))
            await talk.send(TTSUpdateSettingsFrame(delta=TTSSettings(voice=TONE)), TTSSpeakFrame("Hello."))
            self.assertEqual(RATE, len(audio(await talk.until(TTSStoppedFrame))))

    async def test_one_failed_turn_is_one_error(self) -> None:
        async with conversation(voice="nobody") as talk:
            await talk.reply(*REPLY)
            errors = [(await talk.until(ErrorFrame, talk.up))[-1]]
            await talk.until(TTSStoppedFrame)
            errors += [(await talk.until(ErrorFrame, talk.up))[-1]]
            self.assertIn("Model not found: nobody", errors[0].error)  # type: ignore[attr-defined]
            self.assertIn("no audio", errors[1].error)  # type: ignore[attr-defined]
            await talk.send(TTSUpdateSettingsFrame(delta=TTSSettings(voice=TINY)))
            await talk.reply(*REPLY)
            self.assertTrue(audio(await talk.until(TTSStoppedFrame)), "it speaks again")
            self.assertTrue(talk.service.is_usable)

    async def test_no_server(self) -> None:
        async with conversation(f"127.0.0.1:{free_port()}", text_aggregation_mode=TextAggregationMode.TOKEN) as talk:
            await talk.reply(*REPLY)
            error = (await talk.until(ErrorFrame, talk.up))[-1]
            self.assertIn("UNAVAILABLE", error.error)  # type: ignore[attr-defined]
            await talk.until(TTSStoppedFrame)
            self.assertTrue(talk.service.is_usable)


if __name__ == "__main__":
    unittest.main()
