#!/usr/bin/env python3
"""Shows where the worker's CPU time goes under load: the runtime's graphs, and everything beside them.

    scripts/profile-worker.py [--streams 4] [--seconds 30]

Starts a worker under async-profiler (fetched by Maven into target/profiler), loads it with
`tts-worker bench`, and sorts the samples by what the sampled thread was doing. Linux on x86-64.
The CPU-time profiler of JDK 25 (JEP 509) was tried: the worker hung while it loaded the voice.
"""

import argparse
import collections
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROFILER = "tools.profiler:async-profiler:4.2"
# The first rule that fits a frame of the stack, from the innermost, names the sample.
RULES = [
    ("ONNX Runtime: graphs", r"libonnxruntime|ai/onnxruntime/OrtSession\.run$|Mlas|onnxruntime::"),
    ("ONNX Runtime: calls around it", r"ai/onnxruntime/"),
    ("eSpeak NG", r"libespeak|dev/ttsworker/phoneme/"),
    ("resampling, level, frames", r"dev/ttsworker/audio/"),
    ("windows, noise, copies", r"dev/ttsworker/(voice|inference)/"),
    ("gRPC and Netty", r"io/(grpc|netty|perfmark)/|com/google/protobuf/"),
    ("sessions and synthesis", r"dev/ttsworker/"),
    ("threads: switching, parking", r"java/lang/VirtualThread|jdk/internal/vm|java/util/concurrent/"),
    ("JVM: compiler", r"Compile|C1_|C2_"),
    ("JVM: collector", r"GC|Gen|Scavenge|Serial|MarkSweep|VM_"),
]


def fetch_profiler():
    folder = ROOT / "target/profiler"
    library = folder / "libasyncProfiler.so"
    if not library.exists():
        copy = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={PROFILER}", f"-DoutputDirectory={folder}"]
        subprocess.run(copy, check=True, cwd=folder.parent.parent)
        with zipfile.ZipFile(next(folder.glob("*.jar"))) as jar:
            library.write_bytes(jar.read("linux-x64/libasyncProfiler.so"))
    return library


def classify(stack):
    for frame in reversed(stack):
        for label, pattern in RULES:
            if re.search(pattern, frame):
                return label
    return "other"


def record(seconds, streams, output):
    agent = f"-agentpath:{fetch_profiler()}=start,event=ctimer,interval=2ms,collapsed,file={output}"
    environment = dict(os.environ, JAVA_TOOL_OPTIONS=agent, METRICS_ENABLED="false")
    log = output.with_suffix(".log")
    with log.open("w") as out:
        worker = subprocess.Popen(
            [ROOT / "tts-worker", "serve", "--host", "127.0.0.1", "--port", "0"],
            env=environment, stdout=out, stderr=subprocess.STDOUT,
        )
    try:
        while not (port := re.search(r"listening on port (\d+)", log.read_text())):
            if worker.poll() is not None:
                sys.exit(f"profile-worker: the worker ended:\n{log.read_text()}")
            time.sleep(0.1)
        subprocess.run(
            [
                ROOT / "tts-worker", "bench", "--addr", f"127.0.0.1:{port.group(1)}",
                "--pid", str(worker.pid), "--load", "closed", "--streams", str(streams),
                "--seconds", str(seconds),
            ],
            check=True, stderr=subprocess.DEVNULL,
        )
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--streams", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()
    shares = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "stacks"
        record(arguments.seconds, arguments.streams, output)
        for line in output.read_text().splitlines():
            stack, _, count = line.rpartition(" ")
            shares[classify(stack.split(";"))] += int(count)
    total = sum(shares.values())
    print(f"{total} samples of CPU time, 2 ms each")
    for label, count in shares.most_common():
        print(f"{100 * count / total:6.1f} %  {label}")


if __name__ == "__main__":
    main()
