#!/usr/bin/env python3
"""Treats the HTTP port of a worker badly, while one client speaks on: 200 requests at once, readers that take nothing,
half requests, broken JSON, pipelined requests. Prints what came of it; exit code 1 when the bystander was harmed.

    scripts/clients/openai_hostile.py 127.0.0.1:9090"""

import argparse
import asyncio
import collections
import json
import time

TEXT = "Good morning. The quick brown fox jumps over the lazy dog, and then it goes back to sleep."


def request(text: str, close: bool = True) -> bytes:
    body = json.dumps({"model": "tts-1", "voice": "alloy", "input": text, "response_format": "pcm"}).encode()
    head = (
        "POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n{'Connection: close' if close else 'Connection: keep-alive'}\r\n\r\n"
    )
    return head.encode() + body


async def ask(host: str, port: int, data: bytes) -> tuple[str, int]:
    """The status of an answer, and the bytes of all of it."""
    try:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(data)
        answer = await asyncio.wait_for(reader.read(-1), 60)
        writer.close()
        return answer[9:12].decode(errors="replace") or "closed", len(answer)
    except OSError as failure:
        return type(failure).__name__, 0


async def bystander(host: str, port: int, stop: asyncio.Event) -> collections.Counter:
    seen: collections.Counter = collections.Counter()
    while not stop.is_set():
        began = time.perf_counter()
        status, size = await ask(host, port, request("Hello there."))
        seen[status if status != "200" or size > 20000 else "short"] += 1
        seen["ms"] = max(seen["ms"], int((time.perf_counter() - began) * 1000))
        await asyncio.sleep(0.3)
    return seen


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    host, port = parser.parse_args().address.rsplit(":", 1)
    where = host, int(port)
    stop = asyncio.Event()
    watching = asyncio.create_task(bystander(*where, stop))

    answers = await asyncio.gather(*(ask(*where, request(TEXT)) for _ in range(200)))
    print("200 requests at once:", dict(collections.Counter(status for status, _ in answers)))

    idle = [await asyncio.open_connection(*where, limit=1024) for _ in range(50)]
    for _, writer in idle:
        writer.write(request(f"{TEXT} " * 100))
    await asyncio.sleep(12)
    print("50 readers that take nothing, for 12 s:", len(idle))
    for _, writer in idle:
        writer.transport.abort()

    halves = [await asyncio.open_connection(*where) for _ in range(100)]
    for number, (_, writer) in enumerate(halves):
        writer.write(request(TEXT)[: 10 + number])
    print("100 half requests:", len(halves))
    for body in (b"{", b"\x00\xff", b'{"input": ["a"]}', b'{"input": "' + b"\\u0000" * 10 + b'"}'):
        head = f"POST /v1/audio/speech HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        print("body", body[:20], "->", (await ask(*where, head.encode() + body))[0])
    piped = await ask(*where, request("One.", close=False) + request("Two.", close=False) + request("Three."))
    print("three pipelined requests:", piped)
    for _, writer in halves:
        writer.transport.abort()

    stop.set()
    seen = await watching
    print("bystander:", dict(seen))
    harmed = sum(count for status, count in seen.items() if status not in ("200", "429", "ms"))
    raise SystemExit(1 if harmed or not seen["200"] else 0)


if __name__ == "__main__":
    asyncio.run(main())
