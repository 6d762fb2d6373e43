"""The LiveKit plug-in against a real worker; skipped without livekit-agents."""

from __future__ import annotations

import asyncio
import time
import unittest

try:
    from livekit.agents import APIConnectOptions, APIStatusError
    from livekit.agents.tts import SynthesizedAudio
    from livekit.agents.types import USERDATA_TIMED_TRANSCRIPT
except ImportError as missing:
    raise unittest.SkipTest(f"livekit-agents is not installed: {missing}") from missing

from tests.worker import TINY, TONE, Worker, free_port
from tts_worker import Receipt, SpeechError
from tts_worker.livekit import TTS, SynthesizeStream, _api_error

REPLY = ["Hello", ", dear", " listener. It", " costs", " $4", ".50. Good", "bye!"]
LONG = "This is a sentence of some length, which nobody needs to hear to its end. "
PATIENCE = 30.0  # s, for a busy machine
RATE = 24_000
ONCE = APIConnectOptions(max_retry=0, timeout=PATIENCE)

worker: Worker


def setUpModule() -> None:
    global worker
    worker = Worker()


def tearDownModule() -> None:
    worker.close()


async def heard(stream: SynthesizeStream) -> list[SynthesizedAudio]:
    """What comes out of a stream until its end."""
    return [event async for event in stream]


def samples(events: list[SynthesizedAudio]) -> int:
    """How many there are."""
    return sum(event.frame.samples_per_channel for event in events)


class LiveKitTest(unittest.IsolatedAsyncioTestCase):
    async def speak(self, *tokens: str, **settings: object) -> list[SynthesizedAudio]:
        async with TTS(worker.addr, **settings) as service:  # type: ignore[arg-type]
            async with service.stream(conn_options=ONCE) as stream:
                for token in tokens:
                    stream.push_text(token)
                stream.end_input()
                return await asyncio.wait_for(heard(stream), PATIENCE)

    async def test_speaks_with_an_aligned_transcript(self) -> None:
        events = await self.speak(*REPLY, voice=TINY)
        self.assertEqual({RATE}, {event.frame.sample_rate for event in events})
        self.assertEqual(1, len({event.segment_id for event in events}), "one stream is one segment")
        self.assertTrue(events[-1].is_final)
        at, words = 0.0, []
        for event in events:
            timed = event.frame.userdata.get(USERDATA_TIMED_TRANSCRIPT, [])
            self.assertTrue(all(word.start_time >= at - 0.25 for word in timed), "words before their audio")
            words += timed
            at += event.frame.duration
        self.assertEqual("".join(REPLY), "".join(words))
        self.assertEqual(["Hello,", " dear", " listener.", " It", " costs", " $4.50.", " Goodbye!"], list(words))
        self.assertTrue(all(before.end_time <= after.start_time for before, after in zip(words, words[1:])))
        self.assertLess(words[-1].end_time, at)

    async def test_tone_without_words_keeps_its_text(self) -> None:
        events = await self.speak("Hello.", voice=TONE)
        self.assertEqual(RATE // 2, samples(events))
        words = [word for event in events for word in event.frame.userdata.get(USERDATA_TIMED_TRANSCRIPT, [])]
        self.assertEqual(["Hello."], words)

    async def test_speaks_before_the_text_has_ended(self) -> None:
        async with TTS(worker.addr, voice=TONE) as service, service.stream(conn_options=ONCE) as stream:
            stream.push_text("Hello. ")
            self.assertTrue((await asyncio.wait_for(anext(stream), PATIENCE)).frame.samples_per_channel)
            stream.push_text("Bye.")
            stream.end_input()
            self.assertTrue(await asyncio.wait_for(heard(stream), PATIENCE))

    async def test_whole_text(self) -> None:
        async with TTS(worker.addr, voice=TONE, sample_rate=16_000) as service:
            service.prewarm()
            frame = await asyncio.wait_for(service.synthesize("Hello.", conn_options=ONCE).collect(), PATIENCE)
        self.assertEqual(16_000, frame.sample_rate)
        self.assertIn(frame.samples_per_channel, (8_000, 8_160), "LiveKit may mark the end by 10 ms of silence")

    async def test_interruption_gives_a_receipt(self) -> None:
        receipts: list[Receipt] = []
        async with TTS(worker.addr, voice=TINY) as service:
            service.on("speech_stopped", receipts.append)
            stream = service.stream(conn_options=ONCE)
            stream.push_text(LONG * 30)
            first = await asyncio.wait_for(anext(stream), PATIENCE)
            began = time.monotonic()
            await asyncio.wait_for(stream.aclose(), PATIENCE)
            print(f"livekit: closed {1000 * (time.monotonic() - began):.0f} ms after the interruption")
        self.assertEqual(1, len(receipts))
        self.assertGreaterEqual(receipts[0].samples, first.frame.samples_per_channel)
        self.assertLess(receipts[0].samples, RATE * 60)
        self.assertTrue((LONG * 30)[: receipts[0].source_end].endswith(receipts[0].last_word))

    async def test_stream_without_text(self) -> None:
        self.assertEqual([], await self.speak())

    async def test_refusals_are_not_tried_again(self) -> None:
        for status, settings in (
            (404, {"voice": "nobody"}),
            (400, {"options": {"speeed": 1}}),
            (400, {"sample_rate": 22_051}),
        ):
            with self.subTest(settings=settings), self.assertRaises(APIStatusError) as raised:
                await self.speak("Hello.", **settings)
            self.assertEqual((status, False), (raised.exception.status_code, raised.exception.retryable))

    async def test_no_server_is_tried_again(self) -> None:
        errors: list[bool] = []
        async with TTS(f"127.0.0.1:{free_port()}") as service:
            service.on("error", lambda error: errors.append(error.recoverable))
            stream = service.stream(conn_options=APIConnectOptions(max_retry=1, retry_interval=0.1, timeout=PATIENCE))
            stream.push_text("Hello.")
            stream.end_input()
            with self.assertRaises(APIStatusError) as raised:
                await asyncio.wait_for(heard(stream), PATIENCE)
            await stream.aclose()
        self.assertEqual((503, True), (raised.exception.status_code, raised.exception.retryable))
        self.assertEqual([True, False], errors)

    async def test_statuses(self) -> None:
        import grpc

        for code, reason, status, again in (
            (grpc.StatusCode.RESOURCE_EXHAUSTED, "NO_CAPACITY", 429, True),
            (grpc.StatusCode.UNAVAILABLE, "DRAINING", 503, True),
            (grpc.StatusCode.NOT_FOUND, "MODEL_NOT_FOUND", 404, False),
            (grpc.StatusCode.UNAUTHENTICATED, "UNAUTHENTICATED", 401, False),
            (grpc.StatusCode.INTERNAL, "INFERENCE_FAILED", 500, True),
        ):
            error = _api_error(SpeechError(code, "…", reason), "request")
            assert isinstance(error, APIStatusError)
            self.assertEqual((status, again), (error.status_code, error.retryable))
        self.assertTrue(_api_error(SpeechError(grpc.StatusCode.DEADLINE_EXCEEDED, "…"), "request").retryable)


if __name__ == "__main__":
    unittest.main()
