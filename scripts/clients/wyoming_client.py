#!/usr/bin/env python3
"""Speaks with a worker by Home Assistant's own package and says whether all is well.

    pip install wyoming==1.10.2
    scripts/clients/wyoming_client.py --uri tcp://127.0.0.1:10200

Prints one line for each call: what was called, first sound and end in ms, duration in s, rate in Hz and level in dBFS
(root mean square). Exits with 1 when something is wrong.
"""

import argparse
import asyncio
import math
import sys
import time
from array import array

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
    SynthesizeStopped,
    SynthesizeTextFormat,
    SynthesizeVoice,
)

TEXT = "Good morning. The kitchen light is on, and it is seven degrees outside."
LONG_TEXT = "This sentence is said again and again until nobody listens. " * 40
TIMEOUT_S = 30.0
# Home Assistant waits so long for the first event.
DESCRIBE_S = 1.0


class Problem(Exception):
    """Something is not as it should be."""


class Heard:
    """What came for one call."""

    def __init__(self):
        self.began = time.perf_counter()
        self.first_ms = None
        self.end_ms = None
        self.start = None
        self.pcm = bytearray()

    def now_ms(self):
        return (time.perf_counter() - self.began) * 1000

    def take(self, event):
        """Takes an event of the audio; refuses an error."""
        if AudioStart.is_type(event.type):
            self.start = AudioStart.from_event(event)
        elif AudioChunk.is_type(event.type):
            chunk = AudioChunk.from_event(event)
            if self.start is None or (chunk.rate, chunk.width, chunk.channels) != (
                self.start.rate,
                self.start.width,
                self.start.channels,
            ):
                raise Problem("a chunk is not of the format of audio-start")
            if self.first_ms is None:
                self.first_ms = self.now_ms()
            self.pcm += chunk.audio
        elif Error.is_type(event.type):
            error = Error.from_event(event)
            raise Problem(f"{error.code}: {error.text}")
        self.end_ms = self.now_ms()

    def seconds(self):
        return len(self.pcm) / (self.start.rate * self.start.width * self.start.channels)

    def level_dbfs(self):
        samples = array("h", bytes(self.pcm))
        if sys.byteorder == "big":
            samples.byteswap()
        power = sum(sample * sample for sample in samples) / max(1, len(samples))
        return 10 * math.log10(power / 32768**2) if power else -math.inf

    def report(self, called):
        """Prints the call's line, and refuses what is not speech."""
        if self.start is None or not self.pcm:
            raise Problem("no audio came")
        seconds, level = self.seconds(), self.level_dbfs()
        print(
            f"ok    {called:<44} first {self.first_ms:6.0f} ms  end {self.end_ms:6.0f} ms"
            f"  {seconds:6.2f} s  {self.start.rate} Hz  {level:6.1f} dBFS"
        )
        if (self.start.width, self.start.channels) != (2, 1):
            raise Problem(f"width {self.start.width}, {self.start.channels} channels; wanted 2 and 1")
        if not 0.2 < seconds < 60 or not -50 < level < -5:
            raise Problem(f"{seconds:.2f} s at {level:.1f} dBFS is not speech")


async def read(client):
    event = await client.read_event()
    if event is None:
        raise Problem("the worker closed the connection")
    return event


async def describe(connect):
    async with connect() as client:
        began = time.perf_counter()
        await client.write_event(Describe().event())
        info = Info.from_event(await asyncio.wait_for(read(client), DESCRIBE_S))
        took_ms = (time.perf_counter() - began) * 1000
        program = info.tts[0]
        if not (program.installed and program.supports_synthesize_streaming and program.voices):
            raise Problem("no voice, or no streaming")
        print(f"ok    describe: {program.name} {program.version}, {took_ms:.0f} ms")
        for voice in program.voices:
            print(
                f"      {voice.name}: {voice.description}; {', '.join(voice.languages)};"
                f" {len(voice.speakers or [])} speakers"
            )
        await client.write_event(Ping(text="hello").event())
        if Pong.from_event(await read(client)).text != "hello":
            raise Problem("no pong")
        print("ok    ping")
        return program


async def whole(connect, called, **synthesize):
    """As Home Assistant asks for a whole text."""
    async with connect() as client:
        heard = Heard()
        await client.write_event(Synthesize(**synthesize).event())
        while True:
            event = await read(client)
            heard.take(event)
            if AudioStop.is_type(event.type):
                break
        heard.report(called)
        return heard


async def streamed(connect, called, text, gap_s):
    """As Home Assistant passes a model's tokens on, with the whole text once more at the end."""
    async with connect() as client:
        heard = Heard()

        async def write():
            await client.write_event(SynthesizeStart().event())
            for token in text.split(" "):
                await client.write_event(SynthesizeChunk(text=token + " ").event())
                await asyncio.sleep(gap_s)
            await client.write_event(Synthesize(text=text).event())
            await client.write_event(SynthesizeStop().event())
            return heard.now_ms()

        writing = asyncio.create_task(write())
        starts = 0
        while True:
            event = await read(client)
            starts += AudioStart.is_type(event.type)
            heard.take(event)
            if SynthesizeStopped.is_type(event.type):
                break
        written_ms = await writing
        heard.report(called)
        if starts != 1:
            raise Problem(f"{starts} audio-start")
        if heard.first_ms > written_ms:
            raise Problem(f"the first sound came after the text, which was complete at {written_ms:.0f} ms")
        return heard


async def interrupted(connect):
    """Hangs up in mid-speech; another call is then served."""
    client = connect()
    await client.connect()
    heard = Heard()
    await client.write_event(Synthesize(text=LONG_TEXT).event())
    while len(heard.pcm) < 48_000:
        heard.take(await read(client))
    await client.disconnect()
    await whole(connect, "after a hang-up in mid-speech", text="Here I am.")


async def refused(connect):
    async with connect() as client:
        voice = SynthesizeVoice(name="no-such-voice")
        await client.write_event(Synthesize(text="Hello.", voice=voice).event())
        error = Error.from_event(await read(client))
        print(f"ok    unknown voice: {error.code}: {error.text}")
        if await client.read_event() is not None:
            raise Problem("something came after the error")


async def check(uri):
    def connect():
        return AsyncClient.from_uri(uri, connect_timeout=TIMEOUT_S, read_timeout=TIMEOUT_S)

    program = await describe(connect)
    name = program.voices[0].name
    first = await whole(connect, "synthesize", text=TEXT)
    await whole(connect, f"synthesize, voice {name}", text=TEXT, voice=SynthesizeVoice(name=name))
    language = program.voices[0].languages[0]
    await whole(
        connect, f"synthesize, language {language}", text=TEXT, voice=SynthesizeVoice(language=language)
    )
    await whole(
        connect,
        "synthesize, SSML",
        text='Good <break time="1s"/> morning.',
        text_format=SynthesizeTextFormat.SSML,
    )
    stream = await streamed(connect, "synthesize-start, -chunk, -stop", TEXT, 0.05)
    if stream.seconds() > 1.5 * first.seconds():
        raise Problem("the text of the stream was spoken twice")
    await asyncio.gather(
        whole(connect, "one of two at once", text=TEXT), whole(connect, "the other", text=TEXT)
    )
    await interrupted(connect)
    await refused(connect)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--uri", required=True, help="tcp://HOST:PORT of the worker")
    uri = parser.parse_args().uri
    try:
        asyncio.run(check(uri))
    except (Problem, OSError, asyncio.TimeoutError, KeyError, IndexError) as problem:
        print(f"WRONG {type(problem).__name__}: {problem}")
        return 1
    print("all is well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
