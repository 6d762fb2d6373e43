#!/usr/bin/env python3
"""Shows what an NVIDIA GPU does for the worker, as a table and as JSON.

    scripts/gpu-check.sh [--json gpu.json] [--streams 1,10,50,200] [--conversations 100,200,300]
    scripts/gpu-check.sh --offline FOLDER [--library-path DIR:DIR]

Asks the probe, compares the GPU's sound with the CPU's, with and without TF32, measures first audio and conversations,
reads the GPU's memory, then takes memory and device away and sees what the worker says. Speaks with the voice
that is installed, else with the tests' tiny one. Needs python3 alone; exit status: 0 all as wanted, 1 something
was not, 2 wrong arguments. A machine without a GPU passes the parts that tell so, and the rest is left out.

--offline FOLDER: nothing is built or downloaded. FOLDER holds
  tts-worker/    the packaged worker (target/tts-worker)
  java/          a Java 25, such as scripts/link-jre.sh makes (optional: that of this machine)
  onnxruntime/   the libraries of another ONNX Runtime, for engine.native_path (optional); without a Java binding of
                 its version in it, a copy of the worker's is adapted (scripts/adapt_binding.py)
  voice/         one voicepack: a model.onnx with its model.onnx.json (optional: the tiny voice beside this script)
"""

import argparse
import array
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import wave

import adapt_binding

ROOT = pathlib.Path(__file__).resolve().parent.parent
TINY = ROOT / "src/test/resources/voicepacks/piper/tiny"
JOE = ROOT / "voicepacks/piper/en-us-joe-medium"
TEXT = "The quick brown fox jumps over the lazy dog, and the dog, who has seen this before, does not mind it at all."
# What part 4 of the project set itself.
LARGEST_DIFFERENCE = 1e-3
FIRST_AUDIO_MS = {1: 25, 50: 80}
CONVERSATIONS = 300
HONEST_REASON_SECONDS = 3
START_SECONDS = 300


class Check:
    """Collects lines of the table."""

    def __init__(self):
        self.lines, self.faults = [], 0

    def tell(self, name, value, wanted="", good=None):
        verdict = "" if good is None else "ok" if good else "NOT AS WANTED"
        self.faults += good is False
        self.lines.append({"check": name, "value": value, "wanted": wanted, "verdict": verdict})
        print(f"{name:44} {value!s:>34}  {wanted:16} {verdict}", flush=True)


class Setting:
    """The worker's files and surroundings."""

    def __init__(self, options, folder):
        self.folder = folder
        self.environment = dict(os.environ)
        offline = options.offline and pathlib.Path(options.offline).resolve()
        self.command = offline / "tts-worker/tts-worker" if offline else ROOT / "tts-worker"
        self.native = self.runtime(offline) if offline and (offline / "onnxruntime").is_dir() else None
        if offline and (offline / "java").is_dir():
            self.environment["TTS_JAVA_HOME"] = str(offline / "java")
        if not offline:
            self.environment["TTS_WORKER_PROFILE"] = "gpu"
        if options.library_path:
            before = self.environment.get("LD_LIBRARY_PATH")
            self.environment["LD_LIBRARY_PATH"] = options.library_path + (f":{before}" if before else "")
        self.voices = folder / "voicepacks"
        self.voice = self.install(offline / "voice" if offline else JOE)

    def runtime(self, offline):
        """The folder for engine.native_path: the given one, or links to it and an adapted Java binding."""
        given = offline / "onnxruntime"
        if (given / adapt_binding.BINDING).exists():
            return given
        links = self.folder / "onnxruntime"
        links.mkdir()
        for file in given.iterdir():
            (links / file.name).symlink_to(file.resolve())
        try:
            adapt_binding.write(links, offline / "tts-worker/native" / adapt_binding.BINDING)
        except adapt_binding.CannotAdapt as problem:
            sys.exit(f"gpu-check: {problem}")
        return links

    def install(self, wanted):
        source = wanted if wanted.is_dir() and list(wanted.glob("*.onnx")) else TINY
        if not source.is_dir():
            sys.exit("gpu-check: no voice: neither " + str(wanted) + " nor the tiny one")
        name = "checked" if source != TINY else "tiny"
        shutil.copytree(source, self.voices / "piper" / name)
        return "piper-" + name

    def config(self, name, engine, ports=(0, None)):
        native = f", native_path: {self.native}" if self.native else ""
        lines = [
            f"worker: {{grpc_host: 127.0.0.1, grpc_port: {ports[0]}, capabilities: {{max_concurrent_sessions: 5000}}}}",
            f"model_manager: {{default_model_id: {self.voice}, fallback_model_id: {self.voice}, voicepack_root: {self.voices}}}",
            "voicepacks: {auto_install: false}",
            "audio: {normalization_enabled: false}",
            f"engine: {{{engine}{native}}}",
            "metrics: {enabled: false}" if ports[1] is None else f"metrics: {{prometheus_port: {ports[1]}}}",
        ]
        path = self.folder / f"{name}.yaml"
        path.write_text("\n".join(lines) + "\n")
        return path

    def run(self, *arguments, **more):
        return subprocess.run(
            [str(self.command), *map(str, arguments)], env=self.environment, capture_output=True, text=True, **more
        )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Worker:
    """A worker on free ports that has become SERVING, or has not within the time."""

    def __init__(self, setting, name, engine, **environment):
        self.setting, self.port, self.http = setting, free_port(), free_port()
        config = setting.config(name, engine, (self.port, self.http))
        self.log = setting.folder / f"{name}.log"
        begun = time.monotonic()
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [str(setting.command), "serve", "--config", str(config)],
                env=dict(setting.environment, **environment), stdout=out, stderr=out,
            )
        self.probe_seconds = self.wait(r'"Inference on ', begun)
        self.serving_seconds = self.wait(r"Model loaded successfully", begun)

    def wait(self, line, begun):
        while time.monotonic() - begun < START_SECONDS and self.process.poll() is None:
            if re.search(line, self.log.read_text()):
                return time.monotonic() - begun
            time.sleep(0.05)
        return None

    def inference(self):
        """Device and reason of the latest line about them."""
        found = re.findall(r'"Inference on ([^:"]+(?::\d+)?(?:,cuda:\d+)*): ([^"]*)"', self.log.read_text())
        return found[-1] if found else ("none", "the worker did not say")

    def metric(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=10) as reply:
            found = re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", reply.read().decode(), re.M)
        return sum(map(float, found)) if found else None

    def bench(self, *arguments):
        out = self.setting.folder / "bench.json"
        self.setting.run(
            "bench", "--addr", f"127.0.0.1:{self.port}", "--pid", self.process.pid, "--json", out, *arguments
        )
        return json.loads(out.read_text())["targets"][0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()


def say(setting, name, engine):
    out = setting.folder / f"{name}.wav"
    config = setting.config("say-" + name, engine)
    said = setting.run("say", TEXT, "--seed", "1", "--config", config, "-o", out, timeout=START_SECONDS)
    if said.returncode != 0:
        return None, said.stderr.strip().splitlines()[-1:]
    with wave.open(str(out)) as file:
        return array.array("h", file.readframes(file.getnframes())), ""


def exactness(check, setting):
    expected, problem = say(setting, "cpu", "device: cpu")
    if expected is None:
        check.tell("speech on the CPU", problem, good=False)
        return
    for name, tf32, wanted in (("GPU against CPU", "false", True), ("the same with TF32", "true", None)):
        made, problem = say(setting, "gpu-" + tf32, f"device: cuda, gpu_tf32: {tf32}")
        if made is None or len(made) != len(expected):
            check.tell(name, problem or f"{len(made)} samples, not {len(expected)}", good=False)
            continue
        difference = max(abs(a - b) for a, b in zip(made, expected)) / 32768
        good = difference <= LARGEST_DIFFERENCE if wanted else None
        check.tell(name + ", largest difference", f"{difference:.1e}", f"<= {LARGEST_DIFFERENCE}" if wanted else "", good)


def first_audio(check, worker, counts):
    for count in counts:
        row = worker.bench(
            "--load", "conversation", "--conversations", str(count), "--seconds", "20", "--set", "short"
        )["conversations"][0]
        quantiles = row["firstAudioMs"]
        p50, p99 = (quantiles.get(key) for key in ("p50", "p99"))
        limit = FIRST_AUDIO_MS.get(count)
        check.tell(
            f"first audio, {count} streams, p50 / p99 ms", f"{p50} / {p99}",
            f"p50 <= {limit}" if limit else "", None if limit is None else p50 is not None and p50 <= limit,
        )


def conversations(check, worker, counts):
    held = 0
    for count in counts:
        row = worker.bench(
            "--load", "conversation", "--conversations", str(count), "--seconds", "60", "--set", "mixed"
        )["conversations"][0]
        check.tell(
            f"{count} conversations, 60 s",
            f"{row['underruns']} underruns, {row['refusals']} refused, p99 {row['firstAudioMs'].get('p99')} ms",
        )
        memory = worker.metric("tts_gpu_memory_used_bytes")
        check.tell("  GPU memory in use, MiB", "not told" if memory is None else round(memory / 2**20))
        if row["underruns"] or row["failures"]:
            break
        held = count
    check.tell("conversations without underrun", held, f">= {CONVERSATIONS}", held >= CONVERSATIONS)


def no_room(check, setting):
    with Worker(setting, "no-room", "device: cuda, gpu_mem_limit_mb: 8") as worker:
        health = setting.run("health", "--addr", f"127.0.0.1:{worker.port}").stdout.strip()
        check.tell("8 MiB of GPU memory: state", health[:120] or "no answer", "SERVING", "SERVING" in health)
        told = "CUDA out of memory" in worker.log.read_text()
        check.tell("  the log says CUDA out of memory", told, "True", told)


def no_device(check, setting):
    with Worker(setting, "no-device", "device: cuda", CUDA_VISIBLE_DEVICES="") as worker:
        device, reason = worker.inference()
        check.tell("no visible GPU: device", device, "cpu", device == "cpu")
        check.tell("  reason", reason[:160], "given", bool(reason))
        seconds = worker.probe_seconds
        good = seconds is not None and seconds <= HONEST_REASON_SECONDS
        check.tell("  seconds until it is told", seconds and round(seconds, 1), f"<= {HONEST_REASON_SECONDS}", good)
        check.tell("  seconds until SERVING", worker.serving_seconds and round(worker.serving_seconds, 1))


def examine(options, folder):
    check, setting = Check(), Setting(options, folder)
    names = subprocess.run(
        ["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"],
        capture_output=True, text=True,
    ).stdout if shutil.which("nvidia-smi") else ""
    check.tell("GPUs of this machine", "; ".join(names.strip().splitlines()) or "none")
    check.tell("voice", setting.voice)
    with Worker(setting, "gpu", "device: cuda") as worker:
        device, reason = worker.inference()
        check.tell("device", device)
        check.tell("reason", reason[:160])
        check.tell("seconds until SERVING", worker.serving_seconds and round(worker.serving_seconds, 1))
        if device.startswith("cuda"):
            first_audio(check, worker, options.streams)
            conversations(check, worker, options.conversations)
    if device.startswith("cuda"):
        exactness(check, setting)
        no_room(check, setting)
    no_device(check, setting)
    return check


def numbers(text):
    return [int(part) for part in text.split(",")]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", help="where to write the table for programs; default: not")
    parser.add_argument("--streams", type=numbers, default=[1, 10, 50, 200], help="default 1,10,50,200")
    parser.add_argument("--conversations", type=numbers, default=[100, 200, 300], help="default 100,200,300")
    parser.add_argument("--offline", help="folder with everything, see above")
    parser.add_argument("--library-path", help="folders with CUDA and cuDNN libraries, joined by colons")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tts-gpu-check-") as folder:
        check = examine(options, pathlib.Path(folder))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(check.lines, indent=2) + "\n")
    sys.exit(1 if check.faults else 0)


if __name__ == "__main__":
    main()
