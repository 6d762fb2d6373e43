#!/usr/bin/env python3
"""Does to a worker what a hostile client would, and tells what the others notice of it.

    scripts/hostile.py [--worker PATH] [--only NAME ...]

Starts a worker of its own on free ports for each trigger (`--worker`: the launcher of another build, to compare),
lets a bystander say a sentence every second, pulls the trigger, and prints a line: CPU seconds and resident memory of
the worker (before, most, 20 s after the end), what became of the hostile calls, and the bystander's first audio,
underruns, longest silence inside a sentence and failures. Exit status: 0 all triggers were pulled, 2 wrong arguments.
Needs Linux, and grpcio as test-connection.py does."""

import argparse
import collections
import importlib.util
import os
import pathlib
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("soak", ROOT / "scripts/soak.py")
soak = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(soak)
connection, free_port = soak.connection, soak.free_port
grpc, encode = connection.grpc, connection.encode

FRAME_SECONDS = connection.FRAME_SECONDS
LATE_SECONDS = 0.002
SERVING = 1
# Of speech without end a hostile client hears so much, then it hangs up.
HOSTILE_SECONDS = 25
AFTERWARDS_SECONDS = 20
SENTENCE = "The quick brown fox jumps over the lazy dog near the river bank today."


class Worker:
    """A worker of its own, and what its process takes."""

    def __init__(self, launcher, folder):
        self.port, self.http_port = free_port(), free_port()
        config = folder / "worker.yaml"
        config.write_text(
            f"worker: {{grpc_port: {self.port}}}\nmetrics: {{prometheus_port: {self.http_port}}}\n"
        )
        self.log = open(folder / "worker.log", "a")
        self.process = subprocess.Popen(
            [str(pathlib.Path(launcher).resolve()), "serve", "--config", str(config)],
            cwd=pathlib.Path(launcher).resolve().parent,
            env={**os.environ, "DRAIN_GRACE_MS": "0"},
            stdout=self.log,
            stderr=self.log,
        )
        client = Client(self)
        for _ in range(240):
            if self.process.poll() is not None:
                sys.exit(f"the worker ended with {self.process.returncode}: {folder / 'worker.log'}")
            try:
                state = connection.unary(client.channel, "/grpc.health.v1.Health/Check", b"", 5)
                if connection.flag_of(state, 1) == SERVING:
                    break
            except grpc.RpcError:
                pass
            time.sleep(0.5)
        else:
            sys.exit(f"the worker does not serve: {folder / 'worker.log'}")
        client.say(client.session(), [SENTENCE])

    def cpu_seconds(self):
        fields = self.stat().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stat(self):
        return pathlib.Path(f"/proc/{self.process.pid}/stat").read_text()

    def resident_mib(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


Heard = collections.namedtuple("Heard", "first underruns silence end")


class Client:
    """A connection of its own."""

    def __init__(self, worker):
        options = [("grpc.use_local_subchannel_pool", 1)]
        self.channel = grpc.insecure_channel(f"localhost:{worker.port}", options=options)
        self.sessions = 0

    def session(self, **options):
        self.sessions += 1
        name = f"hostile-{id(self)}-{self.sessions}"
        request = encode(f1=name)
        for key, value in options.items():
            request += encode(f3=encode(f1=key, f2=value))
        reply = connection.unary(self.channel, "/tts.TTSService/StartSession", request, 120)
        if not connection.flag_of(reply, 1):
            raise Refused(connection.text_of(reply, 2))
        return name

    def say(self, session, pieces, patience=120):
        """Speaks, and listens as someone who plays each frame in its time."""

        def chunks():
            for piece in pieces:
                yield encode(f1=session, f2=piece)
            yield encode(f1=session, f3=True)

        begun = time.monotonic()
        first, due, underruns, silence = None, 0.0, 0, 0.0
        try:
            method = self.channel.stream_stream("/tts.TTSService/Synthesize")
            for _ in method(chunks(), timeout=patience):
                now = time.monotonic()
                if first is None:
                    first, due = now - begun, now
                if now > due + LATE_SECONDS:
                    underruns += 1
                    silence = max(silence, now - due)
                    due = now
                due += FRAME_SECONDS
            end = "OK"
        except grpc.RpcError as error:
            end = error.code().name
        return Heard(first, underruns, silence, end)


class Refused(Exception):
    """A session that the worker did not start."""


class Bystander(threading.Thread):
    """Says a sentence every second."""

    def __init__(self, worker):
        super().__init__(daemon=True)
        self.client, self.stop, self.heard = Client(worker), threading.Event(), []
        self.id = self.client.session()

    def run(self):
        while not self.stop.is_set():
            begun = time.monotonic()
            self.heard.append(self.client.say(self.id, [SENTENCE]))
            self.stop.wait(max(0.0, begun + 1 - time.monotonic()))

    def line(self):
        firsts = [1000 * call.first for call in self.heard if call.first is not None]
        failed = [call.end for call in self.heard if call.end != "OK"]
        return (
            f"{len(self.heard)} calls, first audio p50 {statistics.median(firsts or [0]):.0f}"
            f" most {max(firsts, default=0):.0f} ms, {sum(call.underruns for call in self.heard)} underruns,"
            f" silence {max((call.silence for call in self.heard), default=0):.2f} s, {len(failed)} failed"
        )


def at_once(tasks):
    """Runs all side by side; their results in the order of the tasks."""
    results = [None] * len(tasks)

    def run(at):
        try:
            results[at] = tasks[at]()
        except (grpc.RpcError, Refused, OSError) as error:
            results[at] = type(error).__name__

    threads = [threading.Thread(target=run, args=(at,), daemon=True) for at in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(150)
    return results


def ends(heard):
    counted = collections.Counter(call.end if isinstance(call, Heard) else str(call) for call in heard)
    return ", ".join(f"{count} {end}" for end, count in counted.items())


def undecided(mark):
    def pull(worker):
        clients = [Client(worker) for _ in range(2)]
        return ends(at_once([lambda c=c: c.say(c.session(), list(mark * 8_000), HOSTILE_SECONDS) for c in clients]))

    return pull


def spoken(text, **options):
    def pull(worker):
        client = Client(worker)
        return ends(at_once([lambda: client.say(client.session(**options), [text], HOSTILE_SECONDS)]))

    return pull


def opened_early(worker):
    """60 calls that opened without text, and all get it in the same moment."""
    client = Client(worker)
    given = threading.Event()

    def pieces():
        yield ""
        given.wait()
        yield SENTENCE

    threading.Timer(3, given.set).start()
    heard = at_once([lambda: client.say(client.session(), pieces())] * 60)
    calls = [one for one in heard if isinstance(one, Heard)]
    return f"{ends(heard)}, {sum(one.underruns for one in calls)} underruns in them"


def after_large_sounds(worker):
    """Whether pairs of ordinary calls fit after three large first sounds."""
    client = Client(worker)
    numbers = "7,777,777 " * 38
    large = [client.say(client.session(), [numbers], HOSTILE_SECONDS) for _ in range(3)]
    pairs = []
    for _ in range(10):
        pairs += at_once([lambda: client.say(client.session(), [SENTENCE])] * 2)
    return f"large: {ends(large)}; 10 pairs after: {ends(pairs)}"


def empty_openings(worker):
    """200 calls with an empty first piece, one after another, none ended."""
    client = Client(worker)
    session = client.session()
    method = client.channel.stream_stream("/tts.TTSService/Synthesize")
    hold = threading.Event()

    def chunks():
        yield encode(f1=session)
        hold.wait()

    calls, refused = [], 0
    for _ in range(200):
        calls.append(method(chunks(), timeout=30))
    time.sleep(5)
    for call in calls:
        refused += call.done()
        call.cancel()
    hold.set()
    return f"{len(calls)} opened, {refused} refused within 5 s"


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def unfinished(connections):
    """64 messages on each connection that say 1 MiB and stop before their end."""
    path = b"/grpc.health.v1.Health/Check"
    literal = lambda name, value: b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value
    headers = b"\x83\x86" + literal(b":path", path) + literal(b":authority", b"localhost")
    headers += literal(b"content-type", b"application/grpc") + literal(b"te", b"trailers")
    piece = b"\0" * 16_000

    def fill(port):
        with socket.create_connection(("127.0.0.1", port), 10) as wire:
            wire.settimeout(1)
            wire.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, b""))
            sent = 0
            try:
                for stream in range(1, 128, 2):
                    wire.sendall(frame(1, 4, stream, headers))
                    wire.sendall(frame(0, 0, stream, b"\0" + struct.pack(">I", 1 << 20)))
                for _ in range(62):
                    for stream in range(1, 128, 2):
                        wire.sendall(frame(0, 0, stream, piece))
                        sent += len(piece)
                time.sleep(5)
            except OSError:
                pass
            return sent

    def pull(worker):
        sent = at_once([lambda: fill(worker.port)] * connections)
        return f"{sum(s for s in sent if isinstance(s, int)) / 2**20:.0f} MiB were sent"

    return pull


def idle_sockets(worker):
    """300 connections to the HTTP port that ask for nothing."""
    held = [socket.create_connection(("127.0.0.1", worker.http_port), 10) for _ in range(300)]
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{worker.http_port}/metrics", timeout=15) as reply:
            reply.read()
        told = f"/metrics answered after {1000 * (time.monotonic() - begun):.0f} ms"
    except OSError as error:
        told = f"/metrics: {error}"
    for one in held:
        one.close()
    return told


def many_lexicons(worker):
    """10,000 sessions with 20,000 characters of lexicon each, all different."""
    client = Client(worker)
    counted = collections.Counter()
    for at in range(10_000):
        entries = ";".join(f"w{at}x{n}={'v' * 90}" for n in range(195))
        try:
            client.session(lexicon=entries)
            counted["kept"] += 1
        except Refused as refused:
            counted[str(refused)[:60]] += 1
        except grpc.RpcError as error:
            counted[error.code().name] += 1
    return ", ".join(f"{count} {what}" for what, count in counted.items())


LONG = "very " * 38
TRIGGERS = {
    "nothing": lambda worker: time.sleep(10) or "",
    "marks-[": undecided("["),
    "marks-<": undecided("<"),
    "marks-&": undecided("&"),
    "numbers": spoken("7,777,777 " * 38),
    "lexicon": spoken("a " * 30, lexicon="a=" + LONG),
    "alias": spoken("<speak>" + f'<sub alias="{LONG}">a</sub> ' * 30 + "</speak>"),
    "table": spoken("\n".join(f"| {n}123456 | {n}987654 | {n}555555 |" for n in range(1, 30))),
    "opened-early": opened_early,
    "large-first": after_large_sounds,
    "openings": empty_openings,
    "unfinished-1": unfinished(1),
    "unfinished-8": unfinished(8),
    "http-idle": idle_sockets,
    "lexicons": many_lexicons,
}


def measure(name, launcher, folder):
    worker = Worker(launcher, folder)
    try:
        bystander = Bystander(worker)
        bystander.start()
        time.sleep(3)
        before, cpu, most, over = worker.resident_mib(), worker.cpu_seconds(), [0.0], threading.Event()

        def watch():
            while not over.wait(0.05):
                most[0] = max(most[0], worker.resident_mib())

        threading.Thread(target=watch, daemon=True).start()
        begun = time.monotonic()
        told = TRIGGERS[name](worker)
        took, spent = time.monotonic() - begun, worker.cpu_seconds() - cpu
        over.set()
        bystander.stop.set()
        bystander.join(130)
        time.sleep(AFTERWARDS_SECONDS)
        print(
            f"{name}: {took:.1f} s, CPU {spent:.1f} s, resident {before:.0f}, {most[0]:.0f},"
            f" {worker.resident_mib():.0f} MiB; {told}\n  bystander: {bystander.line()}",
            flush=True,
        )
    finally:
        worker.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker", default=str(ROOT / "tts-worker"), help="default: this build's launcher")
    parser.add_argument("--only", nargs="+", choices=TRIGGERS, default=list(TRIGGERS), metavar="NAME",
                        help="some of " + ", ".join(TRIGGERS))  # fmt: skip
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tts-hostile-"))
    print(f"log: {folder / 'worker.log'}", flush=True)
    for name in options.only:
        measure(name, options.worker, folder)


if __name__ == "__main__":
    main()
