#!/usr/bin/env python3
"""Shows where the worker's CPU time goes under load: the runtime's graphs, and everything beside them.

    scripts/profile-worker.py [--streams 4] [--seconds 60] [--after 20] [--frames 0]

Starts a worker, loads it with `tts-worker bench`, brings async-profiler (fetched by Maven into
target/profiler) into it after a while, so that start and warm-up do not count, and sorts the samples
by what the sampled thread was doing. Linux on x86-64, with a JDK's jcmd.
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
    ("eSpeak NG", r"libespeak|dev/ttsworker/engine/g2p/"),
    ("resampling, level, frames", r"dev/ttsworker/engine/audio/"),
    ("voices: windows, signal processing, copies", r"dev/ttsworker/engine/(voice|runtime|synthesis)/"),
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


def own_frame(frames):
    """The innermost frame of ours with what it called, else the innermost one."""
    for i in range(len(frames) - 1, -1, -1):
        if "dev/ttsworker/" in frames[i]:
            return " > ".join([frames[i], *frames[i + 1 : i + 2], *frames[i + 2 :][-1:]])
    return frames[-1]


def agent(pid, arguments):
    java_home = subprocess.run(
        ["sh", "-c", ". scripts/jdk.sh && find_java javac && echo $java_home"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.strip()
    jcmd = pathlib.Path(java_home) / "bin/jcmd"
    # Quoted, since jcmd takes what has a = in it for an option of its own.
    load = [jcmd, str(pid), "JVMTI.agent_load", fetch_profiler(), f'"{arguments}"']
    answer = subprocess.run(load, check=True, capture_output=True, text=True).stdout
    if "return code: 0" not in answer:
        sys.exit(f"profile-worker: the profiler cannot be loaded: {answer}")


def start_worker(log):
    with log.open("w") as out:
        worker = subprocess.Popen(
            [ROOT / "tts-worker", "serve", "--host", "127.0.0.1", "--port", "0"],
            env=dict(os.environ, METRICS_ENABLED="false", DRAIN_GRACE_MS="0"), stdout=out, stderr=subprocess.STDOUT,
        )
    while not (port := re.search(r"listening on port (\d+)", log.read_text())):
        if worker.poll() is not None:
            sys.exit(f"profile-worker: the worker ended:\n{log.read_text()}")
        time.sleep(0.1)
    return worker, port.group(1)


def record(options, output):
    worker, port = start_worker(output.with_suffix(".log"))
    try:
        bench = subprocess.Popen(
            [
                ROOT / "tts-worker", "bench", "--addr", f"127.0.0.1:{port}", "--pid", str(worker.pid),
                "--load", "closed", "--streams", str(options.streams), "--sentences", "100000",
                "--seconds", str(options.seconds),
            ],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(options.after)
        agent(worker.pid, f"start,event=ctimer,interval=2ms,collapsed,file={output}")
        time.sleep(options.seconds - options.after)
        agent(worker.pid, f"stop,collapsed,file={output}")
        bench.wait()
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--streams", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--after", type=int, default=20, help="seconds of load before samples count")
    parser.add_argument("--frames", type=int, default=0, help="show so many innermost frames of each kind")
    options = parser.parse_args()
    if not 0 < options.after < options.seconds:
        parser.error("--after must be above 0 and below --seconds")
    shares, innermost = collections.Counter(), collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "stacks"
        record(options, output)
        for line in output.read_text().splitlines():
            stack, _, count = line.rpartition(" ")
            frames = stack.split(";")
            label = classify(frames)
            shares[label] += int(count)
            innermost[label][own_frame(frames)] += int(count)
    total = sum(shares.values())
    print(f"{total} samples of CPU time, 2 ms each")
    for label, count in shares.most_common():
        print(f"{100 * count / total:6.1f} %  {label}")
        for frame, times in innermost[label].most_common(options.frames):
            print(f"        {100 * times / total:5.2f} %  {frame}")


if __name__ == "__main__":
    main()
