#!/usr/bin/env python3
"""Shows what a GPU does for the worker, as a table and as JSON.

    scripts/gpu-check.sh [--parts device,streams] [--keep DIR] [--streams 1,50,200] [--conversations 100,300]

Parts, each of which can be run alone:
  device         does the worker use the GPU that this machine has? Seconds until SERVING, memory
  exactness      largest difference to the CPU's sound, with and without TF32
  streams        first audio of short sentences at several numbers of streams
  conversations  how many play without a gap
  memory         8 MiB of GPU memory: the worker speaks on the CPU and says why
  absent         no visible GPU: the same

Speaks with the voice that is installed, else with the tests' tiny one. A line that is not as wanted is a failure: a GPU
that nvidia-smi lists and the worker does not use is one. Without a GPU the parts that need one are left out. Logs,
configurations and sounds stay in the folder of --keep, and gpu-check.json in it is written after every line. The default
takes at most 8 minutes. Needs python3 alone; exit status: 0 all as wanted, 1 something was not, 2 wrong arguments.

--offline FOLDER: nothing is built or downloaded. FOLDER holds
  tts-worker/    the packaged worker (target/tts-worker), in it target/tts-worker-bench.jar
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
PARTS = ("device", "exactness", "streams", "conversations", "memory", "absent")
# What the project set itself.
LARGEST_DIFFERENCE = 1e-3
FIRST_AUDIO_MS = {1: 25, 50: 80}
CONVERSATIONS = 300
HONEST_REASON_SECONDS = 3
START_SECONDS = 120


class Check:
    """Collects the table's lines and keeps them in a file."""

    def __init__(self, file):
        self.file, self.lines, self.faults, self.begun = file, [], 0, time.monotonic()

    def tell(self, name, value, wanted="", good=None):
        verdict = "" if good is None else "ok" if good else "NOT AS WANTED"
        self.faults += good is False
        seconds = round(time.monotonic() - self.begun, 1)
        self.lines.append({"check": name, "value": value, "wanted": wanted, "verdict": verdict, "atSeconds": seconds})
        self.file.write_text(json.dumps(self.lines, indent=2) + "\n")
        print(f"{name:44} {value!s:>34}  {wanted:16} {verdict}", flush=True)


class Setting:
    """The worker's files and surroundings."""

    def __init__(self, options, folder):
        self.folder, self.device = folder, options.device
        self.environment = dict(os.environ, DRAIN_GRACE_MS="0")
        offline = options.offline and pathlib.Path(options.offline).resolve()
        self.command = offline / "tts-worker/tts-worker" if offline else ROOT / "tts-worker"
        self.native = self.runtime(offline) if offline and (offline / "onnxruntime").is_dir() else None
        if offline and (offline / "java").is_dir():
            self.environment["TTS_JAVA_HOME"] = str(offline / "java")
        if not offline and self.device == "cuda":
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
        shutil.rmtree(links, ignore_errors=True)
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
        shutil.copytree(source, self.voices / "piper" / name, dirs_exist_ok=True)
        return "piper-" + name

    def config(self, name, engine, ports=(0, None)):
        native = f", native_path: {self.native}" if self.native else ""
        lines = [
            f"worker: {{grpc_host: 127.0.0.1, grpc_port: {ports[0]}, capabilities: {{max_concurrent_sessions: 5000}}}}",
            f"model_manager: {{default_model_id: {self.voice}, fallback_model_id: {self.voice}, voicepack_root: {self.voices}}}",
            "voicepacks: {auto_install: false}",
            "audio: {normalization_enabled: false}",
            f"engine: {{device: {self.device}{engine}{native}}}",
            "metrics: {enabled: false}" if ports[1] is None else f"metrics: {{prometheus_port: {ports[1]}}}",
        ]
        path = self.folder / f"{name}.yaml"
        path.write_text("\n".join(lines) + "\n")
        return path

    def run(self, *arguments, seconds):
        """Runs the worker's command line; one that does not end in time counts as failed."""
        command = [str(self.command), *map(str, arguments)]
        try:
            return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 1, "", f"no end within {seconds} s")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Worker:
    """A worker on free ports that has become SERVING, or has not within the time."""

    def __init__(self, setting, name, engine="", **environment):
        self.setting, self.port, self.http = setting, free_port(), free_port()
        config = setting.config(name, engine, (self.port, self.http))
        self.log = setting.folder / f"{name}.log"
        begun = time.monotonic()
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [str(setting.command), "serve", "--config", str(config)],
                env=dict(setting.environment, **environment), stdout=out, stderr=out,
            )
        self.probe_seconds = self.wait("Inference on ", begun)
        self.serving_seconds = self.wait("Model loaded successfully", begun)

    def wait(self, message, begun):
        while time.monotonic() - begun < START_SECONDS and self.process.poll() is None:
            if any(event["message"].startswith(message) for event in self.told()):
                return time.monotonic() - begun
            time.sleep(0.05)
        return None

    def told(self):
        """The log's events."""
        for line in self.log.read_text().splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue  # not a line of the worker's log, or half a line
            if isinstance(event, dict) and "message" in event:
                yield event

    def loaded_on(self):
        """Devices of the models that were loaded, in their order."""
        return [event["device"] for event in self.told() if event["message"].startswith("Model loaded")]

    def health(self):
        """What `tts-worker health` prints, by its names."""
        told = self.setting.run("health", "--addr", f"127.0.0.1:{self.port}", seconds=30)
        lines = (line.split(": ", 1) for line in told.stdout.splitlines() if ": " in line)
        return dict(lines) or {"status": told.stderr.strip() or "no answer"}

    def metric(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=10) as reply:
            found = re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", reply.read().decode(), re.M)
        return sum(map(float, found)) if found else None

    def bench(self, name, seconds, *arguments):
        out = self.setting.folder / f"{name}.json"
        done = self.setting.run(
            "bench", "--addr", f"127.0.0.1:{self.port}", "--pid", self.process.pid, "--json", out,
            "--load", "conversation", "--seconds", seconds, *arguments, seconds=seconds + 90,
        )
        if done.returncode != 0 or not out.exists():
            return None, done.stderr.strip().splitlines()[-1:] or "no report"
        return json.loads(out.read_text())["targets"][0]["conversations"][0], ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()


def mebibytes(count):
    return "not told" if count is None else round(count / 2**20)


def tell_seconds(check, name, seconds, wanted=""):
    check.tell(name, "never" if seconds is None else round(seconds, 1), wanted, None if seconds else False)


def device_in_use(check, worker, gpus):
    """Whether the voice speaks on the GPU; says what is wrong if it should and does not."""
    health = worker.health()
    device, wanted = health.get("device", "not told"), worker.setting.device
    must = bool(gpus) or wanted != "cuda"
    claimed = device.startswith(wanted)
    check.tell("device and reason", device, wanted if must else "", claimed if must else None)
    loaded = worker.loaded_on()
    spoken = bool(loaded) and loaded[-1].startswith(wanted)
    fallback = worker.metric("tts_fallback_in_use")
    if claimed:
        check.tell("  models loaded on", ", ".join(loaded) or "none", wanted, spoken)
        check.tell("  the fallback speaks", fallback, "0.0", fallback == 0)
    tell_seconds(check, "seconds until SERVING", worker.serving_seconds)
    check.tell("GPU memory in use, MiB", mebibytes(worker.metric("tts_gpu_memory_used_bytes")))
    return claimed and spoken and fallback == 0


def say(setting, name, engine):
    out = setting.folder / f"{name}.wav"
    config = setting.config("say-" + name, engine)
    said = setting.run("say", TEXT, "--seed", "1", "--config", config, "-o", out, seconds=START_SECONDS)
    (setting.folder / f"say-{name}.log").write_text(said.stderr)
    if said.returncode != 0:
        return None, said.stderr.strip().splitlines()[-1:]
    with wave.open(str(out)) as file:
        return array.array("h", file.readframes(file.getnframes())), ""


def exactness(check, setting):
    wanted_device, setting.device = setting.device, "cpu"
    expected, problem = say(setting, "cpu", "")
    setting.device = wanted_device
    if expected is None:
        check.tell("speech on the CPU", problem, good=False)
        return
    for name, tf32, wanted in (("GPU against CPU", "false", True), ("the same with TF32", "true", None)):
        made, problem = say(setting, "gpu-tf32-" + tf32, f", gpu_tf32: {tf32}")
        if made is None or len(made) != len(expected):
            check.tell(name, problem or f"{len(made)} samples, not {len(expected)}", good=False)
            continue
        difference = max(abs(a - b) for a, b in zip(made, expected)) / 32768
        good = difference <= LARGEST_DIFFERENCE if wanted else None
        check.tell(name + ", largest difference", f"{difference:.1e}", f"<= {LARGEST_DIFFERENCE}" if wanted else "", good)


def streams(check, worker, counts):
    for count in counts:
        name = f"first audio, {count} streams, p50 / p99 ms"
        row, problem = worker.bench(f"streams-{count}", 10, "--conversations", count, "--set", "short")
        if row is None:
            check.tell(name, problem, good=False)
            continue
        p50, p99 = (round(row["firstAudioMs"][key], 1) for key in ("p50", "p99"))
        limit = FIRST_AUDIO_MS.get(count)
        check.tell(name, f"{p50} / {p99}", f"p50 <= {limit}" if limit else "", p50 <= limit if limit else None)


def conversations(check, worker, counts):
    held = 0
    for count in counts:
        row, problem = worker.bench(f"conversations-{count}", 40, "--conversations", count, "--set", "mixed")
        if row is None:
            check.tell(f"{count} conversations", problem, good=False)
            break
        cost = row["cost"]["cpuSecondsPerAudioSecond"]
        check.tell(
            f"{count} conversations, 40 s",
            f"{row['underruns']} underruns, {row['refusals']} refused, p99 {row['firstAudioMs']['p99']:.0f} ms",
        )
        check.tell("  CPU seconds per second of speech", "not told" if cost is None else round(cost, 4))
        check.tell("  GPU memory in use, MiB", mebibytes(worker.metric("tts_gpu_memory_used_bytes")))
        check.tell("  GPU in use, %", worker.metric("tts_gpu_utilization_percent"))
        if row["underruns"] or row["failures"] or row["refusals"]:
            break
        held = count
    wanted = [count for count in counts if count >= CONVERSATIONS]
    good = held >= CONVERSATIONS if wanted else None
    check.tell("conversations without underrun", held, f">= {CONVERSATIONS}" if wanted else "", good)


def no_room(check, setting):
    with Worker(setting, "no-room", ", gpu_mem_limit_mb: 8") as worker:
        health = worker.health()
        check.tell("8 MiB of GPU memory: state", health.get("state", "none"), "SERVING", health.get("state") == "SERVING")
        device = health.get("device", "not told")
        check.tell("  device and reason", device, "cpu, no memory", "cpu" in device and "out of memory" in device)


def no_device(check, setting):
    with Worker(setting, "no-device", CUDA_VISIBLE_DEVICES="") as worker:
        device = worker.health().get("device", "not told")
        check.tell("no visible GPU: device and reason", device, "cpu, a reason", bool(re.match(r"cpu \(.+\)", device)))
        seconds = worker.probe_seconds
        good = seconds is not None and seconds <= HONEST_REASON_SECONDS
        check.tell("  seconds until it is logged", seconds and round(seconds, 1), f"<= {HONEST_REASON_SECONDS}", good)
        tell_seconds(check, "  seconds until SERVING", worker.serving_seconds)


def examine(options, folder):
    check, setting = Check(folder / "gpu-check.json"), Setting(options, folder)
    gpus = subprocess.run(
        ["nvidia-smi", "--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader"],
        capture_output=True, text=True,
    ).stdout.strip() if shutil.which("nvidia-smi") else ""
    check.tell("GPUs of this machine", "; ".join(gpus.splitlines()) or "none")
    check.tell("voice", setting.voice)
    used = True
    if not options.parts.isdisjoint({"device", "streams", "conversations"}):
        with Worker(setting, "gpu") as worker:
            used = device_in_use(check, worker, gpus)
            if used and "streams" in options.parts:
                streams(check, worker, options.streams)
            if used and "conversations" in options.parts:
                conversations(check, worker, options.conversations)
    used = used and (bool(gpus) or setting.device != "cuda")
    for part, run in (("exactness", exactness), ("memory", no_room)):
        if part in options.parts and used:
            run(check, setting)
    if "absent" in options.parts and setting.device == "cuda":
        no_device(check, setting)
    return check


def numbers(text):
    return [int(part) for part in text.split(",")]


def parts(text):
    chosen = text.split(",")
    for part in chosen:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"{part} is unknown; allowed: {', '.join(PARTS)}")
    return set(chosen)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--parts", type=parts, default=set(PARTS), help="default: all")
    parser.add_argument("--keep", help="folder for everything that is written; default: a new one")
    parser.add_argument("--streams", type=numbers, default=[1, 50, 200], help="default 1,50,200")
    parser.add_argument("--conversations", type=numbers, default=[100, 300], help="default 100,300")
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda",
                        help="cpu: the same parts on the CPU, to compare or to try this script")
    parser.add_argument("--offline", help="folder with everything, see above")
    parser.add_argument("--library-path", help="folders with CUDA and cuDNN libraries, joined by colons")
    options = parser.parse_args()
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="tts-gpu-check-"))
    folder.mkdir(parents=True, exist_ok=True)
    check = examine(options, folder.resolve())
    print(f"{check.faults} not as wanted; logs and gpu-check.json are in {folder}")
    sys.exit(1 if check.faults else 0)


if __name__ == "__main__":
    main()
