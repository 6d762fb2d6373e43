#!/usr/bin/env python3
"""Tries a real fleet: workers behind Envoy, with one killed, drained, slowed, full, and all restarted in turn.

Usage: verify.py ENVOY    (the binary; called by scripts/verify-fleet.sh)"""

from __future__ import annotations

import argparse
import asyncio
import pathlib
import signal
import sys
import tempfile
import time

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from calls import AT_ONCE, LONG, TEXTS, Call, Load, quantile, speak
from processes import Collector, Envoy, Redis, Slowed, Worker, free_port
from tts_worker import Connection, tts_pb2

COSTLY = "piper-en-us-joe-medium"  # takes four times the computation
RETRIABLE = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED}


class Report:
    """What was seen; a wrong thing fails the run, at its end."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self._began = time.monotonic()

    def step(self, name: str) -> None:
        print(f"\n== {name} (after {time.monotonic() - self._began:.0f} s)", flush=True)

    def say(self, what: str) -> None:
        print(f"   {what}", flush=True)

    def check(self, good: bool, what: str) -> None:
        print(f"   {'ok  ' if good else 'FAIL'} {what}", flush=True)
        if not good:
            self.failed.append(what)


class Fleet:
    """Workers, the Envoy before them, and Redis."""

    def __init__(self, folder: pathlib.Path, envoy: str, size: int, collector: Collector) -> None:
        self.folder = folder
        self.redis = Redis(folder)
        self.collector = collector
        self.workers = [self._worker(number, free_port()) for number in range(size)]
        self.envoy = Envoy(folder, envoy, self.workers)
        self.started = max(worker.await_serving() for worker in self.workers)
        self.envoy.await_ready(size)

    def _worker(self, number: int, port: int, **sections: object) -> Worker:
        return Worker(self.folder, f"worker-{number}", port, self.redis.url, **sections)

    async def restart(self, number: int, **sections: object) -> None:
        """A new process in the place of one that has ended."""
        self.workers[number] = self._worker(number, self.workers[number].port, **sections)
        await asyncio.to_thread(self.workers[number].await_serving)
        await asyncio.to_thread(self.envoy.await_ready, len(self.workers))

    def shares(self, calls: list[Call]) -> list[int]:
        """How many of the calls each worker began."""
        sessions = {call.session for call in calls}
        return [len(sessions & worker.spoke()) for worker in self.workers]

    def serving(self) -> set[str]:
        return {worker.name for worker in self.workers if worker.alive() and worker.ready()}

    def close(self) -> None:
        for process in (self.envoy, *self.workers, self.redis):
            process.close()


async def reference(fleet: Fleet) -> dict[str, str]:
    """The samples of each text, from one worker without Envoy."""
    connection = Connection(fleet.workers[0].addr)
    digests = {text: (await speak(connection, text, **AT_ONCE)).digest for text in (*TEXTS, LONG)}
    await connection.close()
    return digests


def same(load: Load, digests: dict[str, str]) -> int:
    """Calls whose samples are those of the reference."""
    return sum(call.digest == digests[text] for text, call in load.calls)


async def spread(fleet: Fleet, report: Report, through: Connection, digests: dict[str, str]) -> None:
    report.step("calls spread by load")
    retries = fleet.envoy.stat("cluster.workers.upstream_rq_retry")
    async with Load(through, 6) as load:
        await asyncio.sleep(10)
    shares = fleet.shares([call for _, call in load.calls])
    report.say(f"{len(load.calls)} calls of 6 users in 10 s: {shares} on the workers")
    report.check(not load.failures(), "every call was spoken to its end")
    report.check(same(load, digests) == len(load.calls), "the samples are those of one worker without Envoy")
    report.check(min(shares) > 0.5 * len(load.calls) / len(shares), "each worker had its part")
    report.say(f"retries of Envoy: {fleet.envoy.stat('cluster.workers.upstream_rq_retry') - retries}")


async def overhead(fleet: Fleet, report: Report, through: Connection) -> None:
    report.step("what Envoy, load reports and traces cost")
    direct = [Connection(worker.addr) for worker in fleet.workers]
    traced_at = free_port()
    traced_worker = Worker(
        fleet.folder, "traced", traced_at, None, telemetry={"otlp_endpoint": fleet.collector.url}
    )
    await asyncio.to_thread(traced_worker.await_serving)
    traced = Connection(traced_worker.addr)
    # Envoy subscribes to the reports of the fleet's workers; nobody to those of this one.
    unreported_worker = Worker(fleet.folder, "unreported", free_port(), None)
    await asyncio.to_thread(unreported_worker.await_serving)
    unreported = Connection(unreported_worker.addr)
    ways = {"direct": direct[0], "through Envoy": through, "direct, no reports": unreported, "direct, traced": traced}
    times: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(61):
        for way, connection in ways.items():
            call = await speak(connection, TEXTS[turn % len(TEXTS)])
            if turn and call.first_audio is not None:
                times[way].append(call.first_audio * 1000)
    for way, taken in times.items():
        report.say(f"first audio {way:19} p50 {quantile(taken, 0.5):6.1f} ms, p99 {quantile(taken, 0.99):6.1f} ms")
    report.check(all(len(taken) == 60 for taken in times.values()), "all 240 calls had audio")
    await asyncio.sleep(6)  # spans go every 5 s
    report.check(fleet.collector.bytes > 0, f"the collector got spans: {fleet.collector.bytes} bytes")
    for connection in (*direct, traced, unreported):
        await connection.close()
    for worker in (traced_worker, unreported_worker):
        worker.close()


async def killed(fleet: Fleet, report: Report, through: Connection, digests: dict[str, str]) -> None:
    report.step("one worker is killed in mid-speech")
    talking = [asyncio.ensure_future(speak(through, LONG)) for _ in range(8)]
    await asyncio.sleep(3)
    victim = fleet.workers[-1]
    victim.signal(signal.SIGKILL)
    died = time.monotonic()
    after: list[Call] = []
    while time.monotonic() - died < 3:
        after.append(await speak(through, TEXTS[0]))
    spoken = await asyncio.gather(*talking)
    on_it = [call for call in spoken if call.session in victim.spoke()]
    others = [call for call in spoken if call not in on_it]
    report.say(f"8 calls ran, {len(on_it)} on it; they ended with {sorted({str(call.error) for call in on_it})}")
    report.check(bool(on_it), "it had calls")
    report.check(all(call.error and call.error.code in RETRIABLE for call in on_it), "their status may be retried")
    report.check(all(call.whole and call.digest == digests[LONG] for call in others), "the others went on to their end")
    late = [call.began - died for call in after if not call.whole]
    report.say(f"{len(after)} new calls in the 3 s after it: {len(late)} failed")
    report.check(all(at < 1 for at in late), "new calls avoid it within a second")
    await asyncio.sleep(5.5)  # its record expires
    names = set(fleet.redis.records())
    report.check(names == fleet.serving(), f"Redis has those that serve: {sorted(names)}")
    await fleet.restart(len(fleet.workers) - 1)


async def drained(fleet: Fleet, report: Report, through: Connection, digests: dict[str, str]) -> None:
    report.step("one worker is drained under load")
    talking = [asyncio.ensure_future(speak(through, LONG)) for _ in range(4)]
    async with Load(through, 4) as load:
        await asyncio.sleep(3)
        leaving = fleet.workers[0]
        leaving.signal(signal.SIGTERM)
        asked = time.monotonic()
        await asyncio.sleep(1)
        names = set(await asyncio.to_thread(fleet.redis.records))
        report.check(leaving.name not in names, f"Redis has it no more after 1 s: {sorted(names)}")
        code = await asyncio.to_thread(leaving.ended, 40)
        took = time.monotonic() - asked
        await asyncio.sleep(2)
    spoken = await asyncio.gather(*talking)
    report.say(f"it ended with {code} after {took:.1f} s; {len(load.calls)} calls of 4 users meanwhile")
    report.check(code == 0, "exit code 0")
    report.check(not load.failures(), f"no call failed or was refused: {[str(call.error) for call in load.failures()]}")
    told = [f"{call.outcome and call.outcome.name} {call.samples / 48_000:.1f} s {call.error or ''}" for call in spoken]
    report.say(f"long calls: {told}")
    report.check(all(call.whole and call.digest == digests[LONG] for call in spoken), "long calls went on to their end")
    await fleet.restart(0)


async def slowed(fleet: Fleet, report: Report, through: Connection) -> None:
    report.step("one worker is slow")
    # Not so much that the machine itself is slow.
    with Slowed(fleet.workers[0], 0.15):
        async with Load(through, 3) as load:
            await asyncio.sleep(18)
    late = [call for _, call in load.calls if call.began > load.calls[0][1].began + 8]
    shares = fleet.shares(late)
    report.say(f"{len(late)} calls from the eighth second on: {shares} on the workers, the first runs 15 % of the time")
    report.check(shares[0] < 0.8 * len(late) / len(shares), "it gets less than its part")
    report.check(not load.failures(), f"no call failed: {[str(call.error) for call in load.failures()]}")


async def full(fleet: Fleet, report: Report, through: Connection) -> None:
    report.step("one worker is full")
    fleet.workers[0].signal(signal.SIGINT)
    await asyncio.to_thread(fleet.workers[0].ended, 40)
    await fleet.restart(0, limits={"max_open_calls": 2})
    direct = Connection(fleet.workers[0].addr)
    before = fleet.envoy.stat("cluster.workers.upstream_rq_retry")
    filling = [asyncio.ensure_future(speak(direct, LONG)) for _ in range(3)]
    await asyncio.sleep(1)
    async with Load(through, 4) as load:
        await asyncio.sleep(8)
    refused = [task.result().error for task in filling if task.done() and task.result().error is not None]
    retries = fleet.envoy.stat("cluster.workers.upstream_rq_retry") - before
    shares = fleet.shares([call for _, call in load.calls])
    report.say(f"it takes two calls and has them; {len(load.calls)} calls through Envoy: {shares}")
    report.check([error.reason for error in refused] == ["NO_CAPACITY"], "it refuses a third call of its own clients")
    report.check(retries > 0, f"Envoy was refused {retries} times and asked another worker")
    report.check(not load.failures(), f"its clients saw no refusal: {[str(call.error) for call in load.failures()]}")
    healthy = fleet.envoy.stat("cluster.workers.membership_healthy")
    report.check(healthy == len(fleet.workers), "a full worker is not ejected")
    await asyncio.gather(*filling)
    await direct.close()


async def sessions(addr: str, header: bool, count: int) -> dict[str, int]:
    """Clients of three RPCs: how many of their calls ended how."""
    seen: dict[str, int] = {}
    async with grpc.aio.insecure_channel(addr) as channel:
        start = channel.unary_unary(
            "/tts.TTSService/StartSession",
            tts_pb2.StartSessionRequest.SerializeToString,
            tts_pb2.StartSessionResponse.FromString,
        )
        synthesize = channel.stream_stream(
            "/tts.TTSService/Synthesize", tts_pb2.TextChunk.SerializeToString, tts_pb2.AudioFrame.FromString
        )
        end = channel.unary_unary(
            "/tts.TTSService/EndSession",
            tts_pb2.EndSessionRequest.SerializeToString,
            tts_pb2.EndSessionResponse.FromString,
        )
        for number in range(count):
            name = f"old-client-{header}-{number}"
            metadata = [("x-session-id", name)] if header else []
            await start(tts_pb2.StartSessionRequest(session_id=name), metadata=metadata)
            try:
                chunk = tts_pb2.TextChunk(session_id=name, text=TEXTS[0], is_final=True)
                frames = [frame async for frame in synthesize(iter([chunk]), metadata=metadata)]
                outcome = "spoken" if frames and frames[-1].is_final else "cut off"
            except grpc.aio.AioRpcError as error:
                outcome = error.code().name
            seen[outcome] = seen.get(outcome, 0) + 1
            await end(tts_pb2.EndSessionRequest(session_id=name), metadata=metadata)
    return seen


async def old_clients(fleet: Fleet, report: Report) -> None:
    report.step("clients of three RPCs")
    without = await sessions(fleet.envoy.addr, False, 20)
    hashed = await sessions(fleet.envoy.addr, True, 20)
    report.say(f"without x-session-id: {without}")
    report.say(f"with x-session-id on all three: {hashed}")
    report.check(hashed == {"spoken": 20}, "with the header all work")


async def rolled(fleet: Fleet, report: Report, through: Connection, digests: dict[str, str]) -> None:
    report.step("all workers are restarted in turn under load, to session.implicit: true")
    async with Load(through, 4) as load:
        for number, worker in enumerate(list(fleet.workers)):
            worker.signal(signal.SIGTERM)
            code = await asyncio.to_thread(worker.ended, 40)
            report.check(code == 0, f"{worker.name} ended with 0")
            await fleet.restart(number, session={"implicit": True})
    report.say(f"{len(load.calls)} calls of 4 users meanwhile")
    report.check(not load.failures(), f"no sentence was lost: {[str(call.error) for call in load.failures()]}")
    report.check(same(load, digests) == len(load.calls), "every one had the samples of the reference")
    names = set(fleet.redis.records())
    report.check(names == {worker.name for worker in fleet.workers}, f"Redis has all: {sorted(names)}")
    implicit = await sessions(fleet.envoy.addr, False, 20)
    report.say(f"clients of three RPCs without a header, session.implicit: {implicit}")
    report.check(implicit == {"spoken": 20}, "they are spoken, with the default voice and options")


async def redis_tells_the_load(fleet: Fleet, report: Report, through: Connection) -> None:
    report.step("readers of Redis")
    async with Load(through, 4, COSTLY):
        await asyncio.sleep(3)
        records = await asyncio.to_thread(fleet.redis.records)
    addresses = {record["addr"] for record in records.values()}
    report.check(addresses == {f"grpc://{worker.addr}" for worker in fleet.workers}, "each record leads to its worker")
    report.say(f"{ {name: record['metrics'] for name, record in sorted(records.items())} }")
    report.check(all(record["metrics"]["rtf"] > 0 for record in records.values()), "each says its real-time factor")


async def main(fleet: Fleet, report: Report, quick: bool) -> None:
    through = Connection(fleet.envoy.addr)
    report.say(f"{len(fleet.workers)} workers of one thread each were SERVING after {fleet.started:.1f} s")
    digests = await reference(fleet)
    await spread(fleet, report, through, digests)
    if not quick:
        await overhead(fleet, report, through)
    await killed(fleet, report, through, digests)
    await drained(fleet, report, through, digests)
    await slowed(fleet, report, through)
    await redis_tells_the_load(fleet, report, through)
    await old_clients(fleet, report)
    await full(fleet, report, through)
    await rolled(fleet, report, through, digests)
    await through.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("envoy")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="two workers, and no costs of Envoy, reports and traces")
    options = parser.parse_args()
    verdict = Report()
    collected = Collector()
    with tempfile.TemporaryDirectory(prefix="tts-fleet-") as place:
        running = Fleet(pathlib.Path(place), options.envoy, 2 if options.quick else options.workers, collected)
        try:
            asyncio.run(main(running, verdict, options.quick))
        finally:
            running.close()
            collected.close()
    for wrong in verdict.failed:
        print(f"verify-fleet: FAILED: {wrong}", file=sys.stderr)
    sys.exit(1 if verdict.failed else 0)
