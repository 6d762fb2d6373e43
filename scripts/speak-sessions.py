#!/usr/bin/env python3
"""Speaks a sentence in each of COUNT sessions, ten at once, as a client of three calls does, which must meet on one
worker: each carries the session's id in the header x-session-id.

Usage: speak-sessions.py HOST:PORT COUNT    (needs grpcio)
"""
import concurrent.futures
import sys
import uuid

import grpc


def text_field(number, value):
    """A string of a protobuf message, up to 127 bytes."""
    value = value.encode()
    return bytes([number << 3 | 2, len(value)]) + value


def speak(channel, session):
    """How many frames came."""
    named, header = text_field(1, session), [("x-session-id", session)]
    ask = lambda method: channel.unary_unary(f"/tts.TTSService/{method}")
    started = ask("StartSession")(named, metadata=header, timeout=20)
    if not started.startswith(b"\x08\x01"):  # StartSessionResponse.success
        raise ValueError(f"StartSession: {started}")
    chunk = named + text_field(2, "Each worker says a part of it.") + b"\x18\x01"  # TextChunk.is_final
    frames = channel.stream_stream("/tts.TTSService/Synthesize")(iter([chunk]), metadata=header, timeout=60)
    count = sum(1 for _ in frames)
    ask("EndSession")(named, metadata=header, timeout=20)
    return count


def main(address, count):
    with grpc.insecure_channel(address) as channel, concurrent.futures.ThreadPoolExecutor(10) as pool:
        frames = [*pool.map(lambda _: speak(channel, str(uuid.uuid4())), range(count))]
    print(f"{count} sessions, {min(frames)} to {max(frames)} frames each")
    sys.exit(0 if min(frames) > 10 else 1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
