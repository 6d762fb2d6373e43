#!/usr/bin/env python3
"""Runs a real Envoy by deploy/envoy/envoy.yaml in front of two stub workers and looks where calls go.

Usage: check-envoy.py ENVOY PRESTOP    (the binary, the chart's preStop script; needs grpcio and PyYAML; about 12 s)
"""
import collections
import concurrent.futures
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import grpc
import yaml

CONFIG = pathlib.Path(__file__).parent.parent / "deploy/envoy/envoy.yaml"
SERVING = b"\x08\x01"  # grpc.health.v1.HealthCheckResponse


class Worker(grpc.GenericRpcHandler):
    """A worker that answers a call with its own name, or ends it with a status."""

    def __init__(self, name, load):
        self.name, self.load, self.status, self.calls = name, load, None, 0
        self.server = grpc.server(concurrent.futures.ThreadPoolExecutor(32), handlers=[self])
        self.port = self.server.add_insecure_port("127.0.0.1:0")
        self.server.start()

    def service(self, details):
        method = details.method.rpartition("/")[2]
        if method == "Check":
            return grpc.unary_unary_rpc_method_handler(lambda request, context: SERVING)
        if method == "StreamCoreMetrics":
            return grpc.unary_stream_rpc_method_handler(self.reports)
        return grpc.stream_stream_rpc_method_handler(self.speak)

    def reports(self, request, context):
        while context.is_active():  # OrcaLoadReport: 6 rps_fractional, 9 application_utilization
            yield b"\x31" + struct.pack("<d", 10) + b"\x49" + struct.pack("<d", self.load)
            time.sleep(0.2)

    def speak(self, texts, context):
        next(texts)
        self.calls += 1
        if self.status:
            context.abort(self.status, "stub")
        yield self.name.encode()
        yield from (b"audio" for _ in texts)


def configuration(workers, ports):
    """envoy.yaml with our addresses; the anchors of the file make one list of workers of the two clusters."""
    config = yaml.safe_load(CONFIG.read_text())
    endpoints = config["static_resources"]["clusters"][0]["load_assignment"]["endpoints"][0]["lb_endpoints"]
    for endpoint, worker in zip(endpoints, workers, strict=True):
        endpoint["endpoint"]["address"]["socket_address"] = {"address": "127.0.0.1", "port_value": worker.port}
    text = yaml.safe_dump(config)
    for old, new in zip(("7001", "9901", "9902"), ports):
        text = text.replace(f"port_value: {old}\n", f"port_value: {new}\n")
    return text.replace("address: 0.0.0.0", "address: 127.0.0.1")


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Envoy:
    def __init__(self, binary, workers, folder):
        self.port, self.admin, self.status = ports = free_ports(3)
        (folder / "envoy.yaml").write_text(configuration(workers, ports))
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [binary, "-c", folder / "envoy.yaml", "--concurrency", "1", "--drain-time-s", "1"],
            stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def get(self, path, port=None):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.admin}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError as error:
            return 0, str(error)

    def stat(self, name):
        lines = self.get(f"/stats?filter={name}$")[1].splitlines()
        return int(lines[0].rpartition(" ")[2]) if lines else 0

    def until(self, what, condition, seconds=15):
        last = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > last or self.process.poll() is not None:
                sys.exit(f"check-envoy: not within {seconds} s: {what}\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)


def call(channel, session=None):
    """Two pieces of text; which worker answered, or how it failed."""
    method = channel.stream_stream("/tts.TTSService/Synthesize")
    header = [("x-session-id", session)] if session else None
    try:
        answers = method(iter([b"text", b"text"]), timeout=10, metadata=header)
        return [*answers][0].decode()
    except grpc.RpcError as error:
        return error.code().name


def calls(channel, count, session=None):
    return collections.Counter(call(channel, session and session(i)) for i in range(count))


def check(what, well, seen):
    print(f"{'ok    ' if well else 'FAILED'} {what}: {seen}")
    return well


def drain(envoy, channel, script):
    """Runs the chart's preStop, but for its sleep, and counts the connections that are given up for it."""
    subprocess.run(["bash", "-ec", script.replace("/9901", f"/{envoy.admin}").partition("sleep")[0]], check=True)
    time.sleep(1)
    seen = calls(channel, 5)
    given_up = envoy.stat("http.calls.downstream_cx_drain_close")
    well = seen.total() == seen["busy"] + seen["idle"] and given_up >= 1
    return check("preStop: GOAWAY on connections, calls go on", well, f"{dict(seen)}, {given_up} connections")


def checks(envoy, channel, busy, idle):
    ejected = lambda: envoy.stat("cluster.workers.outlier_detection.ejections_enforced_total")
    spread = calls(channel, 100)
    well = 2 <= spread["busy"] <= 25
    yield check("loads 0.9 and 0.1 are reported: one call in ten goes to the busy worker", well, dict(spread))
    by_id = [calls(channel, 3, lambda i: f"session {n}") for n in range(40)]
    spread = collections.Counter(next(iter(one)) for one in by_id)
    well = all(len(one) == 1 for one in by_id) and 8 <= spread["busy"] <= 32
    yield check("one x-session-id, one worker; 40 ids are on both", well, dict(spread))

    busy.load = 0.1  # so that half of the calls meet the worker that refuses
    envoy.until("equal weights", lambda: calls(channel, 20)["busy"] >= 7)
    busy.status, before = grpc.StatusCode.RESOURCE_EXHAUSTED, busy.calls
    seen = calls(channel, 60)
    well = seen["idle"] == 60 and busy.calls - before >= 15 and ejected() == 0
    refused = f"{busy.calls - before} refused"
    yield check("a full worker: clients see no refusal, it is not ejected", well, f"{dict(seen)}, {refused}")
    busy.status = grpc.StatusCode.INTERNAL
    seen = calls(channel, 40)
    well = seen["INTERNAL"] >= 8 and ejected() == 0
    yield check("INTERNAL is passed on and no reason to eject", well, f"{dict(seen)}, {ejected()} ejected")
    busy.status = grpc.StatusCode.UNAVAILABLE
    seen = calls(channel, 40)
    well = seen["idle"] == 40 and ejected() == 1
    yield check("UNAVAILABLE: clients see none, the worker is ejected", well, f"{dict(seen)}, {ejected()} ejected")
    idle.status = grpc.StatusCode.RESOURCE_EXHAUSTED
    seen = calls(channel, 5)
    yield check("all are full: clients see the refusal", seen["RESOURCE_EXHAUSTED"] == 5, dict(seen))
    asked = ("/ready", "/stats/prometheus", "/quitquitquit", "/config_dump")
    paths = {path: envoy.get(path, envoy.status)[0] for path in asked}
    yield check("the status port has two paths", [*paths.values()] == [200, 200, 404, 404], paths)
    log = envoy.log.read_text()
    well = '"grpc_status":"OK"' in log and "session 1" not in log
    yield check("the access log has calls and no session", well, f"{log.count('grpc_status')} lines")


def main(binary, prestop):
    busy, idle = workers = Worker("busy", 0.9), Worker("idle", 0.1)
    with tempfile.TemporaryDirectory() as folder:
        envoy = Envoy(binary, workers, pathlib.Path(folder))
        try:
            reported = lambda: envoy.stat("cluster.workers.lb_orca_oob.reports_received")
            healthy = lambda: envoy.get("/clusters")[1].count("health_flags::healthy") == 5
            envoy.until("both workers healthy", healthy)
            envoy.until("load reports of more than the blackout period", lambda: reported() >= 40)
            with grpc.insecure_channel(f"127.0.0.1:{envoy.port}") as channel:
                results = [*checks(envoy, channel, busy, idle)]
                busy.status = idle.status = None
                results.append(drain(envoy, channel, pathlib.Path(prestop).read_text()))
        finally:
            envoy.process.terminate()
            envoy.process.wait(10)
            for worker in workers:
                worker.server.stop(0)
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
