#!/usr/bin/env python3
"""Drives a worker by Pipecat's own NVIDIA and OpenAI services in a real pipeline: speak, an agent's reply in pieces,
interrupt, wrong voice. Prints what it heard; exit code 1 when something is wrong.

    scripts/clients/pipecat_services.py localhost:7001 http://localhost:9090 [--key TOKEN]"""

import argparse
import asyncio
import re
import time
import urllib.request

from heard import Checks, Heard
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
    TTSStoppedFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.nvidia.tts import NvidiaTTSService
from pipecat.services.openai.tts import OpenAITTSService
from pipecat.workers.runner import WorkerRunner

TEXT = "Good morning. The quick brown fox jumps over the lazy dog, and then it goes back to sleep."
RATE = 24000
SECONDS = 20


class Ear(FrameProcessor):
    """Takes what the service says."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = Heard("", RATE)
        self.rates: set[int] = set()
        self.first = asyncio.Event()
        self.stopped = asyncio.Event()
        self.failed = asyncio.Event()

    def begin(self, what: str) -> None:
        self.heard = Heard(what, RATE)
        for event in (self.first, self.stopped, self.failed):
            event.clear()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            self.heard.add(frame.audio)
            self.rates.add(frame.sample_rate)
            self.first.set()
        elif isinstance(frame, TTSStoppedFrame):
            self.stopped.set()
        elif isinstance(frame, ErrorFrame):
            self.failed.set()
        await self.push_frame(frame, direction)


class Errors(FrameProcessor):
    """Sees the errors, which go up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.event = asyncio.Event()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, ErrorFrame):
            self.seen.append(frame.error)
            self.event.set()
        await self.push_frame(frame, direction)


def computed(metrics: str) -> float:
    """Seconds of audio that the worker has computed."""
    with urllib.request.urlopen(f"{metrics}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    found = re.search(r"^tts_audio_frames_generated_total (\S+)$", text, re.MULTILINE)
    return float(found.group(1)) * 0.02 if found else 0.0


async def drive(name: str, service: FrameProcessor, metrics: str, checks: Checks) -> None:
    ear, errors = Ear(), Errors()
    worker = PipelineWorker(Pipeline([errors, service, ear]), cancel_on_idle_timeout=False)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    running = asyncio.create_task(runner.run())
    ear.begin(f"{name}, TTSSpeakFrame")
    await worker.queue_frame(TTSSpeakFrame(TEXT))
    await asyncio.wait_for(ear.stopped.wait(), SECONDS)
    ear.heard.report()
    checks.that(3 < ear.heard.seconds < 12, f"{name} speaks")
    checks.that(ear.rates == {RATE}, f"{name}: the rate is {ear.rates}")

    ear.begin(f"{name}, an agent's reply word by word")
    await worker.queue_frame(LLMFullResponseStartFrame())
    for word in TEXT.split():
        await worker.queue_frame(LLMTextFrame(f"{word} "))
    await worker.queue_frame(LLMFullResponseEndFrame())
    await asyncio.wait_for(ear.stopped.wait(), SECONDS)
    ear.heard.report()
    checks.that(3 < ear.heard.seconds < 12, f"{name} speaks a reply")

    ear.begin(f"{name}, interrupted")
    before = computed(metrics)
    await worker.queue_frame(TTSSpeakFrame(f"{TEXT} " * 12))
    await asyncio.wait_for(ear.first.wait(), SECONDS)
    began = time.perf_counter()
    await worker.queue_frame(InterruptionFrame())
    last = -1.0
    while (now := computed(metrics)) > last:
        last = now
        await asyncio.sleep(0.25)
    took = time.perf_counter() - began
    print(f"{name}, interrupted: {last - before:.1f} s of about 65 s were computed, none after {took:.2f} s")
    checks.that(last - before < 30, f"{name}: computing ends with the interruption")

    await worker.queue_frame(EndFrame())
    await asyncio.wait_for(running, SECONDS)
    checks.that(not errors.seen, f"{name}: no errors {errors.seen[:1]}")


async def wrong_voice(address: str, key: str, checks: Checks) -> None:
    service = NvidiaTTSService(
        server=address, use_ssl=False, api_key=key, settings=NvidiaTTSService.Settings(voice="nobody")
    )
    errors = Errors()
    worker = PipelineWorker(Pipeline([errors, service]), cancel_on_idle_timeout=False)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    running = asyncio.create_task(runner.run())
    await worker.queue_frame(TTSSpeakFrame("Hello."))
    await asyncio.wait_for(errors.event.wait(), SECONDS)
    print("wrong voice:", errors.seen[0][:120])
    checks.that("nobody" in errors.seen[0], "a wrong voice is an error that names it")
    await worker.cancel()
    await asyncio.wait_for(running, SECONDS)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("http")
    parser.add_argument("--key", default="none")
    arguments = parser.parse_args()
    logger.remove()
    checks = Checks()
    nvidia = NvidiaTTSService(server=arguments.address, use_ssl=False, api_key=arguments.key)
    await drive("NvidiaTTSService", nvidia, arguments.http, checks)
    openai = OpenAITTSService(base_url=f"{arguments.http}/v1", api_key=arguments.key)
    await drive("OpenAITTSService", openai, arguments.http, checks)
    await wrong_voice(arguments.address, arguments.key, checks)
    checks.end()


if __name__ == "__main__":
    asyncio.run(main())
