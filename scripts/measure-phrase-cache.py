#!/usr/bin/env python3
"""Times first audio of a phrase that was spoken before, beside what the client itself takes.

    scripts/measure-phrase-cache.py [HOST:PORT]      default localhost:7001

The worker needs synthesis.phrase_cache_mb above 0. In each round phrases that are new, one that is kept, the built-in tone and a call without
audio take turns. The tone and the call show what of the time is the client's and the wire's. What the worker itself takes is `ttfa_ms` in its log. Needs grpcio, as
test-connection.py does."""

import importlib.util
import pathlib
import statistics
import sys
import time

SPEC = importlib.util.spec_from_file_location("connection", pathlib.Path(__file__).with_name("test-connection.py"))
connection = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(connection)
encode = connection.encode
PHRASE = "Good morning, how can I help you?"
ROUNDS, TIMES = 3, 40


def main():
    channel = connection.grpc.insecure_channel(sys.argv[1] if len(sys.argv) > 1 else "localhost:7001")

    def unary(method, body=b""):
        begun = time.perf_counter()
        channel.unary_unary("/tts.TTSService/" + method)(body, timeout=30)
        return 1000 * (time.perf_counter() - begun)

    def say(session, text):
        call = channel.stream_stream("/tts.TTSService/Synthesize")
        begun, first = time.perf_counter(), None
        for _ in call(iter([encode(f1=session, f2=text, f3=True)]), timeout=30):
            first = first or time.perf_counter() - begun
        return 1000 * first

    unary("StartSession", encode(f1="cache"))
    unary("StartSession", encode(f1="tone", f2="mock-440hz"))
    for i in range(8):
        say("cache", f"Warm up number {i}, thank you.")
    say("cache", PHRASE)
    print("first audio in ms, p50 / p90 / least")
    for round_number in range(ROUNDS):
        times = {"new": [], "kept": [], "tone": [], "no audio": []}
        for i in range(TIMES):
            if i % 4 == 0:
                times["new"].append(say("cache", f"Hello there, how can I help you, number {i} {round_number}?"))
            times["kept"].append(say("cache", PHRASE))
            times["tone"].append(say("tone", "x"))
            times["no audio"].append(unary("GetCapabilities"))
            time.sleep(0.05)
        print(
            "   ".join(
                f"{name} {statistics.median(seen):.1f} / {sorted(seen)[int(0.9 * len(seen))]:.1f} / {min(seen):.1f}"
                for name, seen in times.items()
            )
        )


if __name__ == "__main__":
    main()
