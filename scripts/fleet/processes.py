"""Processes of a fleet on this machine: workers, Envoy, Redis, and a collector of traces."""

from __future__ import annotations

import contextlib
import http.server
import itertools
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent.parent
WORKER = CHECKOUT / "target/tts-worker/tts-worker"
ENVOY_CONFIG = CHECKOUT / "deploy/envoy/envoy.yaml"
STARTING = 60.0  # s
STARTED = re.compile(r'"Synthesis started".*"session_id":"([^"]+)"')


PORTS = itertools.count(21_000)  # below those that the system gives to clients: a worker comes back to its own


def free_port() -> int:
    """A port on which nothing listens."""
    while True:
        port = next(PORTS)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port


def until(condition, what: str, seconds: float = STARTING) -> float:
    """Waits for something; the time that it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"verify-fleet: {what}: not within {seconds:g} s")
        time.sleep(0.02)
    return time.monotonic() - began


class Process:
    """A child process with a log."""

    def __init__(self, folder: pathlib.Path, name: str, command: list[str], **environment: str) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        with open(self.log, "ab") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env={**os.environ, **environment}
            )

    def said(self) -> str:
        """Its log."""
        return self.log.read_text(errors="replace")

    def alive(self) -> bool:
        return self.process.poll() is None

    def signal(self, what: signal.Signals) -> None:
        self.process.send_signal(what)

    def ended(self, seconds: float) -> int:
        """Waits for its end; the exit code."""
        return self.process.wait(seconds)

    def close(self) -> None:
        if self.alive():
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()


class Worker(Process):
    """A real worker on a port of its own; one of the same name and port may follow it."""

    def __init__(self, folder: pathlib.Path, name: str, port: int, redis: str | None, **sections: object) -> None:
        self.port, self.http_port = port, free_port()
        self.addr = f"127.0.0.1:{port}"
        config = {
            "worker": {"name": name, "grpc_host": "127.0.0.1", "grpc_port": port, "advertise_addr": f"grpc://{self.addr}"},
            "voicepacks": {"auto_install": False},
            "engine": {"device": "cpu", "cpu_threads": 1},
            "metrics": {"host": "127.0.0.1", "prometheus_port": self.http_port},
            **({"redis": {"url": redis, "registration_ttl_seconds": 5, "heartbeat_interval_seconds": 1}} if redis else {}),
            **sections,
        }
        file = folder / f"{name}.yaml"
        file.write_text(json.dumps(config))  # which is YAML too
        log = folder / f"{name}.log"
        self._before = len(log.read_text(errors="replace")) if log.exists() else 0
        super().__init__(folder, name, [str(WORKER), "serve", "--config", str(file)])

    def await_serving(self) -> float:
        """Waits until it can speak; how long that took."""
        took = until(lambda: not self.alive() or self.ready(), f"{self.name} is SERVING")
        if not self.alive():
            raise SystemExit(f"verify-fleet: {self.name} ended: {self.said()[-2000:]}")
        return took

    def ready(self) -> bool:
        """Whether /readyz says so."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/readyz", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    def metric(self, name: str) -> float:
        """The sum of a metric's series."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        values = [float(line.rsplit(" ", 1)[1]) for line in lines if re.match(rf"{name}(\{{|\s)", line)]
        return sum(values)

    def spoke(self) -> set[str]:
        """Session ids of the calls that this process began."""
        return set(STARTED.findall(self.said()[self._before :]))


class Envoy(Process):
    """Envoy with deploy/envoy/envoy.yaml, in front of workers on this machine."""

    def __init__(self, folder: pathlib.Path, binary: str, workers: list[Worker]) -> None:
        self.port, self.admin_port = free_port(), free_port()
        self.addr = f"127.0.0.1:{self.port}"
        text = ENVOY_CONFIG.read_text()
        lines = re.compile(r"^( *- endpoint: )\{address: \{socket_address: \{address: tts-worker-\d+, .*\n", re.M)
        assert len(lines.findall(text)) == 2, "two workers in deploy/envoy/envoy.yaml"
        endpoint = '{{address: {{socket_address: {{address: 127.0.0.1, port_value: {}}}}}}}'
        indent = lines.search(text).group(1)
        rest = lines.sub("", text, count=1)
        text = lines.sub("".join(f"{indent}{endpoint.format(worker.port)}\n" for worker in workers), rest, count=1)
        for old, new in ((7001, self.port), (9902, free_port()), (9901, self.admin_port)):
            text = text.replace(f"port_value: {old}", f"port_value: {new}")
        file = folder / "envoy.yaml"
        file.write_text(text)
        super().__init__(folder, "envoy", [binary, "-c", str(file), "--concurrency", "1", "--disable-hot-restart"])

    def await_ready(self, workers: int) -> float:
        """Waits until it takes calls and knows so many healthy workers."""
        return until(lambda: self.stat("cluster.workers.membership_healthy") == workers, f"Envoy sees {workers} workers")

    def stat(self, name: str) -> int:
        """A number of its statistics; -1 before it answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}/stats?filter=^{name}$", timeout=2) as answer:
                return int(answer.read().decode().rpartition(": ")[2] or 0)
        except OSError:
            return -1


class Redis(Process):
    """A Redis without a disk."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        super().__init__(folder, "redis", ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""])
        until(lambda: self._ask("ping") == "PONG", "Redis answers")

    def _ask(self, *command: str) -> str:
        asked = subprocess.run(
            ["redis-cli", "-p", str(self.port), "--raw", *command], capture_output=True, text=True, timeout=5
        )
        return asked.stdout.strip()

    def records(self) -> dict[str, dict]:
        """What readers find: the record of each worker, by its name."""
        found = {}
        for key in self._ask("keys", "worker:*").split():
            value = self._ask("get", key)
            if value:
                found[key.removeprefix("worker:")] = json.loads(value)
        return found


class Collector:
    """Takes traces by OTLP over HTTP, and counts their bytes."""

    def __init__(self) -> None:
        self.bytes = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.bytes += len(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()


class Slowed(contextlib.AbstractContextManager):
    """Lets a process run for a part of the time only, as a slow machine would."""

    def __init__(self, process: Process, share: float) -> None:
        self._process, self._share = process, share
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Slowed:
        self._thread.start()
        return self

    def _run(self) -> None:
        turn = 0.02
        while not self._over.wait(turn * self._share):
            self._process.signal(signal.SIGSTOP)
            time.sleep(turn * (1 - self._share))
            self._process.signal(signal.SIGCONT)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._process.signal(signal.SIGCONT)
