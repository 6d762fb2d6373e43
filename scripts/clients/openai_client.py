#!/usr/bin/env python3
"""Speaks with a worker by the package openai, as its users do: formats, streams, events, refusals, interruption, two at
once. Prints what it heard; exit code 1 when something is wrong.

    scripts/clients/openai_client.py http://localhost:9090/v1 [--key TOKEN]"""

import argparse
import concurrent.futures
import time

import openai
from heard import Checks, Heard

TEXT = "Good morning. The quick brown fox jumps over the lazy dog, and then it goes back to sleep."
RATE = 24000
VOICES = "alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base_url")
    parser.add_argument("--key", default="none")
    arguments = parser.parse_args()
    client = openai.OpenAI(base_url=arguments.base_url, api_key=arguments.key, max_retries=0)
    checks = Checks()
    print("models:", ", ".join(model.id for model in client.models.list())[:100])
    streamed(client, checks)
    formats(client, checks)
    for voice in VOICES:
        client.audio.speech.create(model="tts-1", voice=voice, input="Hi.", response_format="pcm")
    checks.that(True, f"{len(VOICES)} names speak")
    interruption(client, checks)
    refusals(client, checks)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(lambda n: stream(client, f"call {n}"), (1, 2)))
    checks.that(all(one.seconds > 2 for one in heard), "two calls at once are spoken")
    checks.end()


def stream(client: openai.OpenAI, what: str) -> Heard:
    heard = Heard(what, RATE)
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input=TEXT, response_format="pcm"
    ) as response:
        for part in response.iter_bytes(4096):
            heard.add(part)
    heard.report()
    return heard


def streamed(client: openai.OpenAI, checks: Checks) -> None:
    heard = stream(client, "pcm, streamed")
    checks.that(3 < heard.seconds < 10, "it lasts as long as the text")
    checks.that(heard.level > -35, "it is loud enough")
    with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts", voice="alloy", input=TEXT, response_format="pcm", stream_format="sse"
    ) as response:
        lines = [line for line in response.iter_lines() if line]
    checks.that("speech.audio.delta" in lines[0] and "speech.audio.done" in lines[-1], f"{len(lines)} events")


def formats(client: openai.OpenAI, checks: Checks) -> None:
    begins = {"mp3": b"\xff\xf3", "wav": b"RIFF", "opus": b"OggS"}
    for name, magic in begins.items():
        began = time.perf_counter()
        answer = client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT, response_format=name)
        took = (time.perf_counter() - began) * 1000
        print(f"{name}: {len(answer.content)} bytes in {took:.0f} ms, {answer.response.headers['content-type']}")
        checks.that(answer.content.startswith(magic), f"{name} begins as it should")


def interruption(client: openai.OpenAI, checks: Checks) -> None:
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input=f"{TEXT} " * 40, response_format="pcm"
    ) as response:
        next(response.iter_bytes(1024))
    checks.that(True, "a connection that is closed in mid-speech")


def refusals(client: openai.OpenAI, checks: Checks) -> None:
    usual = {"model": "tts-1", "voice": "alloy", "input": "Hello."}
    for what, change, expected in (
        ("unknown voice", {"voice": "nobody"}, openai.BadRequestError),
        ("unknown model", {"model": "gpt-9"}, openai.NotFoundError),
        ("empty input", {"input": ""}, openai.BadRequestError),
        ("100,000 characters", {"input": "a" * 100_000}, openai.BadRequestError),
        ("FLAC", {"response_format": "flac"}, openai.BadRequestError),
    ):
        try:
            client.audio.speech.create(**{**usual, **change})
            checks.that(False, f"{what} is refused")
        except openai.APIStatusError as refused:
            body = refused.body if isinstance(refused.body, dict) else {}
            print(f"{what}: {refused.status_code} {body.get('param')} {str(body.get('message'))[:90]}")
            checks.that(isinstance(refused, expected), f"{what} is refused")


if __name__ == "__main__":
    main()
