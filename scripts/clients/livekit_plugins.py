#!/usr/bin/env python3
"""Drives a worker by LiveKit's own NVIDIA and OpenAI plug-ins: speak, stream, interrupt, wrong voice. Prints what it
heard; exit code 1 when something is wrong.

    scripts/clients/livekit_plugins.py localhost:7001 http://localhost:9090 [--key TOKEN]"""

import argparse
import asyncio
import re
import time
import urllib.request

from heard import Checks, Heard
from livekit.agents import APIError, utils
from livekit.plugins import nvidia, openai

TEXT = "Good morning. The quick brown fox jumps over the lazy dog, and then it goes back to sleep."
SECONDS = 30


def computed(metrics: str) -> float:
    """Seconds of audio that the worker has computed."""
    with urllib.request.urlopen(f"{metrics}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    found = re.search(r"^tts_audio_frames_generated_total (\S+)$", text, re.MULTILINE)
    return float(found.group(1)) * 0.02 if found else 0.0


async def whole(name: str, speech: openai.TTS, checks: Checks) -> None:
    heard = Heard(f"{name}, synthesize", speech.sample_rate)
    async with speech.synthesize(TEXT) as stream:
        async for event in stream:
            heard.add(bytes(event.frame.data))
    heard.report()
    checks.that(3 < heard.seconds < 12, f"{name} speaks")
    checks.that(heard.level > -35, f"{name} is loud enough")


async def streamed(name: str, speech: nvidia.TTS, checks: Checks) -> None:
    heard = Heard(f"{name}, stream", speech.sample_rate)
    async with speech.stream() as stream:
        for word in TEXT.split():
            stream.push_text(f"{word} ")
        stream.end_input()
        async for event in stream:
            heard.add(bytes(event.frame.data))
    heard.report()
    checks.that(3 < heard.seconds < 12, f"{name} speaks a stream")
    checks.that(heard.level > -35, f"{name} is loud enough")


async def interrupted(name: str, stream, metrics: str, checks: Checks) -> None:
    before = computed(metrics)
    async for _ in stream:
        break
    began = time.perf_counter()
    await stream.aclose()
    closed = time.perf_counter() - began
    last = -1.0
    while (now := computed(metrics)) > last:
        last = now
        await asyncio.sleep(0.5)
    took = time.perf_counter() - began
    print(f"{name}, interrupted: closed in {closed * 1000:.0f} ms, {last - before:.1f} s computed, none after {took:.1f} s")
    checks.that(closed < 5, f"{name} lets go")


async def wrong_voice(name: str, speech, checks: Checks) -> None:
    try:
        async with speech.synthesize("Hello.") as stream:
            async for _ in stream:
                pass
        checks.that(False, f"{name}: a wrong voice is an error")
    except APIError as refused:
        print(f"{name}, wrong voice: {type(refused).__name__}: {str(refused)[:100]}")
        checks.that(True, f"{name}: a wrong voice is an error")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("http")
    parser.add_argument("--key", default="none")
    arguments = parser.parse_args()
    checks = Checks()
    base = f"{arguments.http}/v1"
    async with utils.http_context.open():
        riva = nvidia.TTS(server=arguments.address, use_ssl=False, api_key=arguments.key)
        await streamed("nvidia.TTS", riva, checks)
        await asyncio.gather(*(streamed(f"nvidia.TTS {n}", riva, checks) for n in (1, 2)))
        stream = riva.stream()
        stream.push_text(f"{TEXT} " * 3)
        stream.end_input()
        await asyncio.wait_for(interrupted("nvidia.TTS", stream, arguments.http, checks), SECONDS)
        for kind in ("mp3", "pcm", "wav", "opus"):
            speech = openai.TTS(base_url=base, api_key=arguments.key, response_format=kind)
            await whole(f"openai.TTS {kind}, events", speech, checks)
        plain = openai.TTS(base_url=base, api_key=arguments.key, model="tts-1")
        await whole("openai.TTS tts-1, plain mp3", plain, checks)
        await asyncio.wait_for(
            interrupted("openai.TTS", plain.synthesize(f"{TEXT} " * 12), arguments.http, checks), SECONDS
        )
        await wrong_voice("openai.TTS", openai.TTS(base_url=base, api_key=arguments.key, voice="nobody"), checks)
    checks.end()


if __name__ == "__main__":
    asyncio.run(main())
