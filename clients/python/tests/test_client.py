"""The client against a real worker."""

from __future__ import annotations

import array
import asyncio
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import grpc

from tests.worker import TINY, TONE, Worker, free_port
from tts_worker import Connection, Frame, Outcome, Receipt, Speech, SpeechError, status_pb2
from tts_worker.aligned import AlignedText

TEXT = 'He said: "Hello, it costs $4." Then (he) left…'
LONG = "This is a sentence of some length, which nobody needs to hear to its end. " * 20
TOKEN = "a-token-for-the-tests"

worker: Worker


def setUpModule() -> None:
    global worker
    worker = Worker()


def tearDownModule() -> None:
    worker.close()


async def all_of(speech: Speech) -> list[Frame]:
    """The frames until the end."""
    return [frame async for frame in speech]


async def say(text: str, **settings: object) -> list[Frame]:
    """The frames of one text in one piece."""
    async with Speech(worker.addr, **settings) as speech:  # type: ignore[arg-type]
        speech.push(text)
        speech.end()
        return await all_of(speech)


def samples_of(frames: list[Frame]) -> array.array[int]:
    """The samples as numbers; the machines of CI are little endian."""
    return array.array("h", b"".join(frame.samples for frame in frames))


def crossings(samples: array.array[int]) -> int:
    """How often the sign changes from below zero: once for each period."""
    return sum(1 for before, after in zip(samples, samples[1:]) if before < 0 <= after)


class SpeechTest(unittest.IsolatedAsyncioTestCase):
    async def test_speaks_the_tone(self) -> None:
        frames = await say("Hello.", voice=TONE)
        samples = samples_of(frames)
        self.assertEqual(24_000, len(samples), "half a second at 48 kHz")
        self.assertTrue(all(len(frame.samples) == 1920 and frame.sample_rate == 48_000 for frame in frames))
        self.assertAlmostEqual(220, crossings(samples), delta=5)

    async def test_another_sample_rate_keeps_length_and_pitch(self) -> None:
        for rate in (8_000, 16_000, 24_000, 44_100):
            with self.subTest(rate=rate):
                frames = await say("Hello.", voice=TONE, options={"sample_rate": rate})
                samples = samples_of(frames)
                self.assertEqual({rate}, {frame.sample_rate for frame in frames})
                self.assertAlmostEqual(rate / 2, len(samples), delta=rate / 50)
                self.assertAlmostEqual(220, crossings(samples), delta=5)

    async def test_speaks_before_the_text_has_ended(self) -> None:
        async with Speech(worker.addr) as speech:
            speech.push("One. ")
            first = await anext(speech)
            self.assertTrue(first.samples)
            self.assertIsNone(speech.outcome)
            speech.push("Two.")
            speech.end()
            frames = [first, *await all_of(speech)]
        self.assertEqual(48_000, len(samples_of(frames)), "half a second for each")
        self.assertIs(Outcome.SPOKEN, speech.outcome)
        self.assertEqual("One. Two.", speech.text)

    async def test_words_are_the_text_as_pushed(self) -> None:
        async with Speech(worker.addr, voice=TINY) as speech:
            for piece in TEXT.partition(" it"):
                speech.push(piece)
            speech.end()
            words = [word for frame in await all_of(speech) for word in frame.words]
        said = ["He", "said", "Hello", "it", "costs", "$4", "$4", "Then", "he", "left"]
        self.assertEqual(said, [word.text for word in words])
        self.assertEqual(["four", "dollars"], [word.spoken for word in words if word.text == "$4"])
        self.assertTrue(all(TEXT[word.source_start : word.source_end] == word.text for word in words))
        self.assertTrue(all(before.end <= after.start for before, after in zip(words, words[1:])))
        self.assertEqual("Hello,", TEXT[words[2].source_start : words[2].context_end])

    async def test_words_come_before_their_sound(self) -> None:
        heard = 0.0
        for frame in await say(TEXT, voice=TINY):
            heard += 0.02
            self.assertTrue(all(word.start > heard - 0.02 - 0.001 for word in frame.words))

    async def test_aligned_pieces_are_the_text(self) -> None:
        for voice, text in ((TINY, TEXT), (TINY, "“Hi!” 🙂"), (TONE, "No words here."), (TINY, "…")):
            with self.subTest(text=text):
                async with Speech(worker.addr, voice=voice) as speech:
                    speech.push(text)
                    speech.end()
                    aligned = AlignedText(speech)
                    pieces = [piece async for frame in speech for piece in aligned.pieces(frame.words)]
                self.assertEqual(text, "".join(piece.text for piece in pieces) + aligned.rest())
        self.assertEqual([], pieces)

    async def test_text_without_words_and_no_text(self) -> None:
        self.assertLessEqual(len(await say("...", voice=TINY)), 1)
        self.assertEqual(b"", b"".join(frame.samples for frame in await say("")))

    async def test_two_at_once_on_one_connection(self) -> None:
        connection = Connection(worker.addr)

        async def speak(rate: int) -> int:
            async with Speech(connection, options={"sample_rate": rate}) as speech:
                speech.push("Hello.")
                speech.end()
                return len(samples_of(await all_of(speech)))

        self.assertEqual([4_000, 24_000], await asyncio.gather(speak(8_000), speak(48_000)))
        await connection.close()

    async def test_options_of_every_type(self) -> None:
        options = {"normalize": False, "speed": 1.5, "words": "on", "seed": 7}
        frames = await say("It costs $4.", voice=TINY, options=options)
        self.assertNotIn("four", [word.spoken for frame in frames for word in frame.words])


class StopTest(unittest.IsolatedAsyncioTestCase):
    async def test_receipt_says_what_was_sent(self) -> None:
        async with Speech(worker.addr, voice=TINY) as speech:
            speech.push(LONG)
            frames = [await anext(speech) for _ in range(150)]
            receipt = await speech.stop()
            frames += await all_of(speech)
        self.assertIsNotNone(receipt)
        assert receipt is not None
        self.assertEqual(receipt.samples, len(samples_of(frames)))
        self.assertIs(Outcome.STOPPED, speech.outcome)
        self.assertLess(receipt.samples, 48_000 * 30)
        self.assertTrue(LONG[: receipt.source_end].endswith(receipt.last_word))
        self.assertEqual(receipt, speech.heard(receipt.samples / 48_000))
        self.assertEqual(Receipt(4_800, "", 0, 0), speech.heard(0.1))

    async def test_after_a_cancelled_reader_there_is_a_receipt(self) -> None:
        async with Speech(worker.addr, voice=TINY) as speech:
            speech.push(LONG)
            await anext(speech)
            reader = asyncio.create_task(all_of(speech))
            await asyncio.sleep(0)
            reader.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await reader
            self.assertIsNotNone(await speech.stop())

    async def test_when_all_was_sent_there_is_none(self) -> None:
        async with Speech(worker.addr) as speech:
            speech.push("Hello.")
            speech.end()
            await all_of(speech)
            self.assertIsNone(await speech.stop())

    async def test_text_on_its_way_is_not_spoken(self) -> None:
        async with Speech(worker.addr) as speech:
            speech.push("Hello.")
            await speech.stop()
            self.assertLessEqual(len(samples_of(await all_of(speech))), 24_000)
            with self.assertRaises(ValueError):
                speech.push("More.")


class ErrorTest(unittest.IsolatedAsyncioTestCase):
    async def refusal(self, text: str = "Hello.", **settings: object) -> SpeechError:
        with self.assertRaises(SpeechError) as raised:
            await say(text, **settings)
        return raised.exception

    async def test_unknown_voice(self) -> None:
        error = await self.refusal(voice="nobody")
        self.assertEqual((grpc.StatusCode.NOT_FOUND, "MODEL_NOT_FOUND"), (error.code, error.reason))
        self.assertIn("Model not found: nobody", error.message)
        self.assertIn(TONE, error.message, "says what is installed")

    async def test_wrong_option(self) -> None:
        self.assertIn('"speeed"', (await self.refusal(options={"speeed": 1})).message)
        self.assertIn("allowed: 8000", (await self.refusal(options={"sample_rate": 7})).message)

    async def test_reason_of_a_failed_call(self) -> None:
        error = await self.refusal(text="x" * 100_000)
        self.assertEqual((grpc.StatusCode.INVALID_ARGUMENT, "TEXT_TOO_LONG"), (error.code, error.reason))
        self.assertTrue(str(error).startswith("TEXT_TOO_LONG: "))

    async def test_refused_while_it_still_writes(self) -> None:
        connection = Connection(worker.addr)

        async def refused() -> str:
            with self.assertRaises(SpeechError) as raised:
                async with Speech(connection, options={"speeed": 1}) as speech:
                    speech.push("Hello.")
                    speech.end()
                    await anext(speech)
            return raised.exception.reason

        reasons = [reason for _ in range(20) for reason in await asyncio.gather(*(refused() for _ in range(8)))]
        await connection.close()
        self.assertEqual({"INVALID_FIELD"}, set(reasons))

    async def test_no_server(self) -> None:
        with self.assertRaises(SpeechError) as raised:
            async with Speech(f"127.0.0.1:{free_port()}") as speech:
                await anext(speech)
        self.assertIs(grpc.StatusCode.UNAVAILABLE, raised.exception.code)


class RefusalTest(unittest.TestCase):
    def test_details_of_a_status(self) -> None:
        status = status_pb2.Status(code=8, message="full")
        for kind, detail in (
            ("ErrorInfo", status_pb2.ErrorInfo(reason="NO_CAPACITY", domain="tts")),
            ("RetryInfo", status_pb2.RetryInfo(retry_delay={"seconds": 1, "nanos": 500_000_000})),
            ("DebugInfo", status_pb2.ErrorInfo(reason="another")),
        ):
            url = f"type.googleapis.com/google.rpc.{kind}"
            status.details.add(type_url=url, value=detail.SerializeToString())
        trailers = grpc.aio.Metadata(("grpc-status-details-bin", status.SerializeToString()))
        failed = grpc.aio.AioRpcError(grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.aio.Metadata(), trailers, "full")
        error = SpeechError.of(failed)
        self.assertEqual(("NO_CAPACITY", "full", 1.5), (error.reason, error.message, error.retry_after))

    def test_stream_that_a_proxy_broke_off_may_be_tried_again(self) -> None:
        broken = grpc.aio.AioRpcError(grpc.StatusCode.INTERNAL, grpc.aio.Metadata(), grpc.aio.Metadata(), "RST_STREAM")
        self.assertIs(grpc.StatusCode.UNAVAILABLE, SpeechError.of(broken).code)


@unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
class AccessTest(unittest.IsolatedAsyncioTestCase):
    """A worker with TLS and tokens."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        files = {name: pathlib.Path(folder.name, name) for name in ("tokens", "key", "certificate")}
        files["tokens"].write_text(TOKEN + "\n")
        make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=tts-worker"
        outputs = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", files["key"], "-out", files["certificate"]]
        subprocess.run(["openssl", *make.split(), *outputs], check=True, capture_output=True)
        self.certificate = files["certificate"].read_bytes()
        tls = {"cert_file": str(files["certificate"]), "key_file": str(files["key"])}
        self.closed = Worker(auth={"tokens_file": str(files["tokens"])}, tls=tls)
        self.addCleanup(self.closed.close)

    async def test_certificate_and_token_open(self) -> None:
        async with Speech(self.closed.addr, token=TOKEN, tls=self.certificate) as speech:
            speech.push("Hello.")
            speech.end()
            self.assertEqual(24_000, len(samples_of(await all_of(speech))))
        for wrong in (None, "another-token-of-tests"):
            with self.assertRaises(SpeechError) as raised:
                async with Speech(self.closed.addr, token=wrong, tls=self.certificate) as speech:
                    await anext(speech)
            self.assertEqual("UNAUTHENTICATED", raised.exception.reason)
        for tls in (False, True):
            with self.assertRaises(SpeechError) as raised:
                async with Speech(self.closed.addr, token=TOKEN, tls=tls) as speech:
                    await anext(speech)
            self.assertIs(grpc.StatusCode.UNAVAILABLE, raised.exception.code)


if __name__ == "__main__":
    unittest.main()
