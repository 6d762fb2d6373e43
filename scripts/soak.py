#!/usr/bin/env python3
"""Keeps a worker busy for a while and tells whether anything grows or stutters.

    scripts/soak.py [--minutes 15] [--conversations 8] [--interrupted 2]

Starts its own worker on free ports and loads it with `tts-worker bench` (conversations whose underruns are counted,
and interrupted ones), while readers that vanish or dawdle come and go, models are loaded and unloaded, the page is
fetched, and a Redis server, where there is one, goes down and up. Reads /metrics every 5 s. Exit status: 0 nothing
grew and nobody heard a gap, 1 something did, 2 wrong arguments. Needs grpcio, as test-connection.py does."""

import argparse
import importlib.util
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORKER = str(ROOT / "tts-worker")
SPEC = importlib.util.spec_from_file_location("connection", ROOT / "scripts/test-connection.py")
connection = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(connection)
grpc, encode = connection.grpc, connection.encode

SAMPLE_SECONDS = 5
# The first part of a run warms up: the heap finds its size, threads and buffers are made.
WARM_UP_SHARE = 0.3
MOST_MIB_PER_HOUR = 60
MOST_LIVE_MIB = 16
WATCHED = {
    "rss": "process_resident_memory_bytes",
    "threads": "jvm_threads_current",
    "descriptors": "process_open_fds",
    "sessions": "tts_sessions_active",
    "models": "tts_models_resident_count",
}
TEXT = "The quick brown fox jumps over the lazy dog, and then it does so again, and again. "


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def metrics(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as reply:
        text = reply.read().decode()
    found = {}
    for name, metric in WATCHED.items():
        match = re.search(rf"^{metric}(?:\{{[^}}]*\}})? (\S+)$", text, re.M)
        if match:
            found[name] = float(match.group(1))
    return found


class Nuisance(threading.Thread):
    """Repeats one thing until it is told to stop; what goes wrong is counted, not hidden."""

    def __init__(self, name, stop, pause, action):
        super().__init__(name=name, daemon=True)
        self.stop, self.pause, self.action = stop, pause, action
        self.rounds, self.failures, self.last = 0, 0, ""

    def run(self):
        while not self.stop.wait(self.pause()):
            try:
                self.action()
                self.rounds += 1
            except (grpc.RpcError, OSError, AssertionError) as error:
                self.failures += 1
                self.last = str(error).splitlines()[0][:120]


class Caller:
    """Calls whose readers behave badly."""

    def __init__(self, channel, seed):
        self.channel, self.random, self.numbers = channel, random.Random(seed), itertools.count()
        self.unary = lambda method, request: connection.unary(
            channel, "/tts.TTSService/" + method, request, 30
        )

    def speech(self, texts):
        session = f"soak-{next(self.numbers)}-{self.random.randrange(1 << 30)}"
        self.unary("StartSession", encode(f1=session))
        chunks = [encode(f1=session, f2=text) for text in texts] + [encode(f1=session, f3=True)]
        method = self.channel.stream_stream("/tts.TTSService/Synthesize")
        return session, method(iter(chunks), timeout=60)

    def vanish(self):
        session, frames = self.speech([TEXT * 5])
        for _ in itertools.islice(frames, self.random.randrange(1, 40)):
            pass
        frames.cancel()
        if self.random.random() < 0.5:
            self.unary("EndSession", encode(f1=session))

    def dawdle(self):
        session, frames = self.speech([TEXT] * 3)
        for _ in frames:
            time.sleep(0.02 if self.random.random() < 0.9 else 0.3)
        self.unary("EndSession", encode(f1=session))

    def reload_models(self):
        loaded = self.unary("LoadModel", encode(f1="mock-440hz"))
        assert connection.flag_of(loaded, 1), connection.text_of(loaded, 2)
        self.unary("UnloadModel", encode(f1="mock-440hz"))


class RedisServer:
    """Goes down and up."""

    def __init__(self):
        self.port, self.process = free_port(), None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--save", "", "--daemonize", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def toggle(self):
        if self.process:
            self.stop()
        else:
            self.start()


def fetch_page(port):
    for path in ("/", "/healthz", "/readyz"):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).read()
        except urllib.error.HTTPError as error:
            assert error.code == 404, f"{path}: {error.code}"


def slope(samples, key):
    """Least squares over (seconds, value), per hour."""
    points = [(at, row[key]) for at, row in samples if key in row]
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return 3600 * sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def bench(port, pid, load, count, seconds, seed, out):
    which = "--conversations" if load == "conversation" else "--streams"
    command = [WORKER, "bench", "--load", load, which, str(count), "--seconds", str(seconds)]
    command += ["--set", "mixed", "--seed", str(seed), "--addr", f"localhost:{port}"]
    command += ["--pid", str(pid), "--json", str(out)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def start_worker(folder, redis):
    grpc_port, http_port = free_port(), free_port()
    config = folder / "worker.yaml"
    lines = [f"worker: {{grpc_port: {grpc_port}}}", f"metrics: {{prometheus_port: {http_port}}}"]
    if redis:
        lines.append(f"redis: {{url: 'redis://127.0.0.1:{redis.port}'}}")
    config.write_text("\n".join(lines) + "\n")
    log = open(folder / "worker.log", "w")
    # All of the heap's pages are there from the start: else its slow filling with garbage would look like a leak.
    options = " ".join([os.environ.get("JAVA_TOOL_OPTIONS", ""), "-XX:+AlwaysPreTouch"]).strip()
    worker = subprocess.Popen(
        [WORKER, "serve", "--config", str(config)],
        cwd=ROOT,
        stdout=log,
        stderr=log,
        env={**os.environ, "JAVA_TOOL_OPTIONS": options, "DRAIN_GRACE_MS": "0"},
    )
    channel = grpc.insecure_channel(f"localhost:{grpc_port}")
    for _ in range(600):
        if worker.poll() is not None:
            sys.exit(f"the worker ended with {worker.returncode}: {folder / 'worker.log'}")
        try:
            connection.check_health(channel, 5)
            return worker, grpc_port, http_port, channel
        except (grpc.RpcError, connection.Failure):
            time.sleep(0.5)
    sys.exit(f"the worker does not serve: {folder / 'worker.log'}")


def live_heap(pid):
    """MiB of objects that are in use, where the worker's Java has jcmd."""
    jcmd = pathlib.Path(os.readlink(f"/proc/{pid}/exe")).parent / "jcmd"
    if not jcmd.exists():
        return None
    for command in ("GC.run", "GC.heap_info"):
        told = subprocess.run([jcmd, str(pid), command], capture_output=True, text=True, check=True)
    return sum(int(kib) for kib in re.findall(r"(?:DefNew|Tenured) .*used (\d+)K", told.stdout)) / 1024


def nuisances(channel, http_port, redis, stop, seed):
    dice = random.Random(seed)
    caller = Caller(channel, seed)
    made = [
        Nuisance("vanishing readers", stop, lambda: dice.uniform(1, 4), caller.vanish),
        Nuisance("slow readers", stop, lambda: dice.uniform(1, 4), caller.dawdle),
        Nuisance("loads and unloads", stop, lambda: dice.uniform(5, 15), caller.reload_models),
        Nuisance("page", stop, lambda: dice.uniform(1, 5), lambda: fetch_page(http_port)),
    ]
    if redis:
        made.append(Nuisance("Redis down and up", stop, lambda: dice.uniform(10, 30), redis.toggle))
    return made


def soak(options, folder):
    redis = RedisServer() if shutil.which("redis-server") else None
    if redis:
        redis.start()
    worker, port, http_port, channel = start_worker(folder, redis)
    seconds, stop, samples = int(options.minutes * 60), threading.Event(), []
    live = [live_heap(worker.pid)]
    loads = {
        "conversation": bench(
            port, worker.pid, "conversation", options.conversations, seconds, options.seed, folder / "c.json"
        ),
        "barge-in": bench(
            port, worker.pid, "barge-in", options.interrupted, seconds, options.seed + 1, folder / "b.json"
        ),
    }
    around = nuisances(channel, http_port, redis, stop, options.seed)
    for nuisance in around:
        nuisance.start()
    begun = time.monotonic()
    while any(load.poll() is None for load in loads.values()):
        time.sleep(SAMPLE_SECONDS)
        samples.append((time.monotonic() - begun, metrics(http_port)))
        if worker.poll() is not None:
            break
    stop.set()
    for nuisance in around:
        nuisance.join(70)
    outputs = {name: load.communicate()[0] for name, load in loads.items()}
    if worker.poll() is None:
        live.append(live_heap(worker.pid))
    worker.send_signal(signal.SIGTERM)
    code = worker.wait(60)
    if redis:
        redis.stop()
    return samples, outputs, around, code, live


def report(samples, outputs, around, code, live, folder):
    faults = []
    for output in outputs.values():
        print(output)
    conversations = json.loads((folder / "c.json").read_text())
    underruns = sum(
        run["underruns"] for target in conversations["targets"] for run in target.get("conversations", [])
    )
    warm = [row for row in samples if row[0] >= WARM_UP_SHARE * samples[-1][0]]
    print(f"{'':12} {'first':>9} {'warm':>9} {'last':>9} {'most':>9}   per hour once warm")
    for key in WATCHED:
        values = [row[key] for _, row in samples if key in row]
        if not values:
            print(f"{key:12} not measured")
            continue
        scale, unit = (1 << 20, " MiB") if key == "rss" else (1, "")
        shown = [values[0], warm[0][1][key], values[-1], max(values)]
        growth = slope(warm, key) / scale
        print(f"{key:12} " + " ".join(f"{v / scale:9.1f}" for v in shown) + f"   {growth:+.1f}{unit}")
        if key == "rss" and growth > MOST_MIB_PER_HOUR:
            faults.append(f"memory grows by {growth:.1f} MiB per hour")
        if key in ("threads", "descriptors") and values[-1] > warm[0][1][key] * 1.2 + 5:
            faults.append(f"{key} grew from {warm[0][1][key]:.0f} to {values[-1]:.0f}")
    if len(live) == 2 and None not in live:
        print(f"live objects: {live[0]:.1f} MiB before, {live[1]:.1f} MiB after")
        if live[1] - live[0] > MOST_LIVE_MIB:
            faults.append(f"live objects grew by {live[1] - live[0]:.1f} MiB")
    for nuisance in around:
        print(f"{nuisance.name}: {nuisance.rounds} times, {nuisance.failures} failed {nuisance.last}")
    if underruns:
        faults.append(f"{underruns} underruns")
    if code != 0:
        faults.append(f"the worker ended with {code}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=15, help="default 15")
    parser.add_argument("--conversations", type=int, default=8, help="about 80 %% of what bench finds; default 8")
    parser.add_argument("--interrupted", type=int, default=1, help="interrupted conversations beside them")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.minutes <= 0 or options.conversations < 1 or options.interrupted < 1:
        parser.error("all counts must be 1 or more, the minutes above 0")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tts-soak-"))
    faults = report(*soak(options, folder), folder)
    print(f"logs and JSON: {folder}")
    for fault in faults:
        print("FAULT " + fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
