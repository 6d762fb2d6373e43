#!/usr/bin/env python3
"""Compares `tts-worker bench simulate` with a real worker under the same conversation load, on this machine.

    scripts/compare-simulation.py [--conversations 10,30,50,70] [--seconds 30] [--tries 2] [--keep FOLDER]
    scripts/compare-simulation.py --workers 2 --threads 1 --envoy target/fleet/…/envoy    a fleet behind Envoy

Starts a worker, or several behind Envoy with deploy/envoy/envoy.yaml, measures what speech costs with one closed stream, then runs each number of conversations for
real and simulated, with the same sentences, starts and pauses. Each is simulated twice: with the cost of the
closed stream, as one would who has not run the load ("before"), and with the cost that the worker's threads had
in that very run ("after"): load generator and worker share the cores, so it rises with the load. A run during
which other programs used more than a tenth of the machine is repeated; the least disturbed one counts, and the
table says how much it was. Linux, with the default voice installed.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fleet"))

from processes import Envoy, Worker, free_port, until

LAUNCHER = os.environ.get("TTS_WORKER", str(ROOT / "tts-worker"))
STAGES = ("text", "acoustic", "vocoder", "post")
TICKS = os.sysconf("SC_CLK_TCK")
OVERHEAD_MS = 5
QUIET = 0.1


class Fleet:
    """One worker, or several behind Envoy."""

    def __init__(self, args, folder):
        engine = {"device": "cpu", "cpu_threads": args.threads}
        self.workers = [
            Worker(folder, f"worker-{number}", free_port(), None, engine=engine) for number in range(args.workers)
        ]
        for worker in self.workers:
            worker.await_serving()
        self.processes = list(self.workers)
        # The cost of speech is measured on one.
        self.one = ["--addr", self.workers[0].addr]
        self.all = self.one
        if args.workers > 1:
            envoy = Envoy(folder, args.envoy, self.workers)
            self.processes.append(envoy)
            envoy.await_ready(args.workers)
            self.all = ["--addr", f"alone://{envoy.addr}"]

    def figures(self):
        """The workers' metrics, summed."""
        found = {}
        for worker in self.workers:
            text = urllib.request.urlopen(f"http://127.0.0.1:{worker.http_port}/metrics", timeout=10).read().decode()
            for line in text.splitlines():
                if not line.startswith("#"):
                    name, value = line.rsplit(" ", 1)
                    found[name] = found.get(name, 0) + float(value)
        return found

    def cpu_seconds(self):
        return sum(process_seconds(process.process.pid) for process in self.processes)

    def close(self):
        for worker in self.workers:
            worker.signal(signal.SIGINT)
        for worker in self.workers:
            until(lambda: not worker.alive(), f"{worker.name} has ended")
        for process in self.processes:
            process.close()


def grown(before, after, name):
    return after.get(name, 0) - before.get(name, 0)


def thread_seconds(before, after):
    return sum(grown(before, after, f'tts_stage_seconds_sum{{stage="{stage}"}}') for stage in STAGES)


def audio_seconds(before, after):
    return grown(before, after, "tts_audio_frames_generated_total") * 0.02


def busy_seconds():
    """Of all cores, by whomever."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return (sum(map(int, fields)) - int(fields[3]) - int(fields[4])) / TICKS


def process_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(args, folder, fleet, load, count):
    """One real run: the bench's result, with thread time, audio and how much others disturbed it."""
    report = folder / f"{load}-{count}.json"
    option = "--streams" if load == "closed" else "--conversations"
    before, others = fleet.figures(), busy_seconds() - fleet.cpu_seconds()
    children, began = os.times(), time.time()
    where = fleet.one if load == "closed" else fleet.all
    command = [LAUNCHER, "bench", *where, "--load", load, option, str(count)]
    command += ["--seconds", str(args.seconds), "--seed", str(args.seed), "--json", str(report)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took, after = time.time() - began, fleet.figures()
    now = os.times()
    bench = now.children_user + now.children_system - children.children_user - children.children_system
    foreign = busy_seconds() - fleet.cpu_seconds() - others - bench
    target = json.loads(report.read_text())["targets"][0]
    run = (target["closed"] or target["conversations"])[0]
    run["cost_wall"] = thread_seconds(before, after) / audio_seconds(before, after)
    run["disturbed"] = max(0, foreign) / took / os.cpu_count()
    return run


def quiet(args, *rest):
    """The least disturbed of some tries, the first quiet one at once."""
    best = None
    for _ in range(args.tries):
        run = measure(args, *rest)
        if best is None or run["disturbed"] < best["disturbed"]:
            best = run
        if best["disturbed"] < QUIET:
            break
    return best


def simulate(args, folder, count, cost, first):
    report = folder / f"simulated-{count}.json"
    command = [LAUNCHER, "bench", "simulate", "--load", "conversation", "--conversations", str(count)]
    command += ["--seconds", str(args.seconds), "--seed", str(args.seed), "--cost", f"{cost:.5f}"]
    command += ["--first-audio-ms", f"{first:.2f}", "--overhead-ms", str(OVERHEAD_MS)]
    command += ["--workers", str(args.workers), "--policy", "orca"]
    command += ["--threads", str(args.threads), "--speech-rate", f"{args.rate:.2f}", "--json", str(report)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    told = json.loads(report.read_text())
    run = told["runs"][0]["conversation"]
    run["utilization"] = told["runs"][0]["utilizationMean"]
    return run


def values(run):
    calls = run["sentences"] + run["refusals"] + run["failures"]
    return {
        "first audio p50": run["firstAudioMs"]["p50"],
        "p99": run["firstAudioMs"]["p99"],
        "refused %": 100 * run["refusals"] / max(1, calls),
        "waited ms": run["cost"]["admissionWaitMs"] or 0,
        "audio s/s": run["audioSecondsPerSecond"],
        "utilization %": 100 * run["utilization"],
    }


def show(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths)).rstrip())


def compare(args, folder):
    fleet = Fleet(args, folder)
    try:
        closed = quiet(args, folder, fleet, "closed", 1)
        reals = {}
        for count in args.conversations:
            reals[count] = quiet(args, folder, fleet, "conversation", count)
    finally:
        fleet.close()
    characters = [len(line) for line in (ROOT / "src/bench/resources/dev/ttsworker/bench/mixed.txt").read_text().split("\n") if line]
    spoken = closed["audioSecondsPerSecond"] * closed["seconds"] / closed["sentences"]
    args.rate = sum(characters) / len(characters) / spoken
    # Of a sentence of usual length; first audio is as 60 characters and those it has.
    usual = sorted(characters)[len(characters) // 2]
    first = (closed["firstAudioMs"]["p50"] - OVERHEAD_MS) * 120 / (60 + usual)
    print(
        f"closed, 1 stream: {closed['cost_wall']:.4f} s of a thread for a second of speech, first audio p50"
        f" {closed['firstAudioMs']['p50']:.1f} ms, so {first:.1f} ms of a thread for 60 characters;"
        f" {args.rate:.1f} characters a second; others used {100 * closed['disturbed']:.0f} % of the machine"
    )
    rows, heads = [], None
    for count, real in reals.items():
        real["utilization"] = real["cost_wall"] * real["audioSecondsPerSecond"] / args.threads / args.workers
        scaled = first * real["cost_wall"] / closed["cost_wall"]
        tried = {
            "real": real,
            "before": simulate(args, folder, count, closed["cost_wall"], first),
            "after": simulate(args, folder, count, real["cost_wall"], scaled),
        }
        for name, run in tried.items():
            found = values(run)
            heads = heads or ["conversations", "run", *found, "cost", "others %"]
            cells = [str(count), name]
            for what, value in found.items():
                true = values(real)[what]
                near = name == "real" or abs(true) < 1e-9
                cells.append(f"{value:.1f}" + ("" if near else f" ({100 * (value - true) / true:+.0f} %)"))
            cost = closed["cost_wall"] if name == "before" else real["cost_wall"]
            cells += [f"{cost:.4f}", f"{100 * real['disturbed']:.0f}" if name == "real" else ""]
            rows.append(cells)
    show([heads, *rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--conversations", default="10,30,50,70")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tries", type=int, default=2, help="of each run, at most")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="the worker's inference threads")
    parser.add_argument("--workers", type=int, default=1, help="more than one: behind Envoy")
    parser.add_argument("--envoy", help="Envoy's binary, for more than one")
    parser.add_argument("--keep", help="folder for reports and log")
    args = parser.parse_args()
    if args.workers > 1 and not args.envoy:
        parser.error("--workers needs --envoy: the binary, such as the one that scripts/verify-fleet.sh installs")
    args.conversations = [int(count) for count in args.conversations.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(args.keep or temporary)
        folder.mkdir(exist_ok=True)
        compare(args, folder)


if __name__ == "__main__":
    main()
