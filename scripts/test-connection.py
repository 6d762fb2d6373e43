#!/usr/bin/env python3
"""Talks to a running worker as a client does, and says what works: connection, health, services, a
session, speech and its frames, and what it wrote to Redis when that is configured (--redis, REDIS_URL,
or the redis section of the configuration). Needs Python 3.8 or newer and grpcio, no generated code;
`./tts-worker test-connection` does the same without Python.

Exit status: 0 all well, 1 something is wrong, 2 wrong arguments."""

import argparse
import json
import os
import pathlib
import re
import socket
import ssl
import sys
import time
import urllib.parse
import uuid

try:
    import grpc
except ImportError:
    own = pathlib.Path(__file__).resolve().parent.parent / "target/python/bin/python"
    if own.exists() and pathlib.Path(sys.prefix) != own.parent.parent:
        os.execv(own, [str(own), *sys.argv])
    grpc = None  # said after the arguments were read

FRAME_BYTES = 1920  # 20 ms at 48 kHz, mono, 16 bit
FRAME_SECONDS = 0.02
HEALTH_STATES = {0: "UNKNOWN", 1: "SERVING", 2: "NOT_SERVING", 3: "SERVICE_UNKNOWN"}


class Failure(Exception):
    """A check that failed, with a hint at what to do."""


# Protocol buffers by hand: the few messages here have only strings, bytes, booleans and small numbers.


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out) + bytes([number])


def encode(**fields):
    """encode(f1="text", f3=True): the field numbers are in the names."""
    out = b""
    for name, value in fields.items():
        number = int(name[1:])
        if isinstance(value, (str, bytes)):
            data = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(data)) + data
        else:
            out += varint(number << 3) + varint(int(value))
    return out


def decode(data):
    """Field number -> list of values (int or bytes), in the order of the wire."""
    fields, at = {}, 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = number()
        kind = key & 7
        if kind == 0:
            value = number()
        else:
            length = number() if kind == 2 else {1: 8, 5: 4}[kind]
            value = data[at : at + length]
            at += length
        fields.setdefault(key >> 3, []).append(value)
    return fields


def text_of(fields, number):
    return fields.get(number, [b""])[-1].decode()


def flag_of(fields, number):
    return fields.get(number, [0])[-1]


def ok(message):
    print("OK    " + message)


def unary(channel, method, request, timeout):
    return decode(channel.unary_unary(method)(request, timeout=timeout))


def check_port(host, port, timeout):
    try:
        socket.create_connection((host, port), timeout).close()
    except socket.gaierror as error:
        raise Failure(
            f"host name {host}: {error.strerror}",
            "inside Docker use the container's name, outside localhost",
        ) from error
    except OSError as error:
        raise Failure(
            f"connection to {host}:{port}: {error}",
            "is the worker running (docker ps | grep tts-worker, or its log), on this port "
            "(configs/worker.yaml), and is the port let through (docker port tts-worker-0, firewall)?",
        ) from error
    ok(f"port {host}:{port} is open")


def check_health(channel, timeout):
    for service in ("", "tts.TTSService"):
        reply = unary(channel, "/grpc.health.v1.Health/Check", encode(f1=service), timeout)
        state = HEALTH_STATES.get(flag_of(reply, 1), "?")
        if state != "SERVING":
            raise Failure(
                f"health of '{service}' is {state}",
                "the worker is up but cannot speak (yet): ./tts-worker health and its log say why "
                "(Model not found, CUDA out of memory, still loading, draining)",
            )
    ok("health is SERVING")


def check_services(channel, timeout):
    # list_services = 7 in the request; list_services_response = 6, service = 1, name = 1 in the answer.
    for version in ("v1", "v1alpha"):
        method = f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo"
        replies = channel.stream_stream(method)(iter([encode(f7="*")]), timeout=timeout)
        listed = decode(decode(next(replies)).get(6, [b""])[0]).get(1, [])
        names = sorted(text_of(decode(service), 1) for service in listed)
        if "tts.TTSService" not in names:
            raise Failure(
                f"reflection {version} lists {names}, not tts.TTSService",
                "this is another server, or another version of the contract (Failed to load proto)",
            )
    ok("services: " + ", ".join(names))


def start_session(channel, session, model, timeout):
    reply = unary(
        channel, "/tts.TTSService/StartSession", encode(f1=session, f2=model), timeout
    )
    message = text_of(reply, 2)
    if not flag_of(reply, 1):
        raise Failure(
            f"StartSession: {message}", "./tts-worker voices list shows what is installed"
        )
    ok("session started" + (f": {message}" if message else ""))


def check_frame(frame, session, expected, final_before):
    audio = frame.get(2, [b""])[-1]
    final = bool(flag_of(frame, 6))
    wrong = [
        (final_before, "a frame after the final one"),
        (text_of(frame, 1) != session, f"session_id {text_of(frame, 1)!r}"),
        (flag_of(frame, 5) != expected, f"sequence_number {flag_of(frame, 5)}"),
        (flag_of(frame, 3) != 48000, f"sample_rate {flag_of(frame, 3)}"),
        (flag_of(frame, 4) != 20, f"frame_duration_ms {flag_of(frame, 4)}"),
        (len(audio) != FRAME_BYTES, f"{len(audio)} bytes instead of {FRAME_BYTES}"),
    ]
    for is_wrong, what in wrong:
        if is_wrong:
            raise Failure(f"frame {expected}: {what}", "the worker breaks the contract of frames")
    return final


def check_speech(channel, session, words, timeout):
    chunk = encode(f1=session, f2=words, f3=True, f4=1)
    began = time.monotonic()
    first = None
    count, final, loud = 0, False, False
    for message in channel.stream_stream("/tts.TTSService/Synthesize")(iter([chunk]), timeout=timeout):
        if first is None:
            first = time.monotonic() - began
        count += 1
        frame = decode(message)
        final = check_frame(frame, session, count, final)
        loud = loud or any(frame[2][-1])
    took = time.monotonic() - began
    if not final:
        raise Failure(f"{count} frames and none of them is final", "the call was cut off; see the log")
    if not loud:
        raise Failure(f"{count} frames of silence", "is there anything to say in --text?")
    seconds = count * FRAME_SECONDS
    ok(f"first audio after {first * 1000:.0f} ms")
    ok(f"{count} frames in order, {FRAME_BYTES} bytes each, the last one final")
    ok(f"{seconds:.2f} s of audio in {took:.2f} s (real-time factor {took / seconds:.3f})")


def end_session(channel, session, timeout):
    if not flag_of(unary(channel, "/tts.TTSService/EndSession", encode(f1=session), timeout), 1):
        raise Failure("EndSession answered success=false", "see the worker's log")
    ok("session ended")


# Redis: the protocol is short enough to be spoken over the standard library's socket.


def redis_reply(stream):
    line = stream.readline()
    if not line.endswith(b"\r\n"):
        raise Failure("Redis closed the connection", "rediss:// for TLS, redis:// without; is it Redis?")
    kind, rest = line[:1], line[1:-2]
    if kind == b"-":
        raise Failure(f"Redis says {rest.decode(errors='replace')}", "user, password and database in the URL?")
    if kind == b"$":
        size = int(rest)
        return None if size < 0 else stream.read(size + 2)[:-2]
    return int(rest) if kind == b":" else rest


def redis_session(url, timeout):
    """A function that carries out one command on a connection that is logged in."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise Failure(f"{parts.scheme}://… is no address of Redis", "redis://HOST:PORT or rediss://HOST:PORT")
    host, port = parts.hostname, parts.port or 6379
    try:
        wire = socket.create_connection((host, port), timeout)
        if parts.scheme == "rediss":
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    except OSError as error:
        raise Failure(
            f"Redis at {host}:{port}: {error}",
            "the worker speaks without Redis, but nobody finds it there: is Redis running?",
        ) from error
    stream = wire.makefile("rb")

    def command(*words):
        wire.sendall(f"*{len(words)}\r\n".encode())
        for word in words:
            data = word.encode()
            wire.sendall(b"$%d\r\n%s\r\n" % (len(data), data))
        return redis_reply(stream)

    if parts.password is not None:
        user = [urllib.parse.unquote(parts.username)] if parts.username else []
        command("AUTH", *user, urllib.parse.unquote(parts.password))
    if parts.path.strip("/"):
        command("SELECT", parts.path.strip("/"))
    return command


RECORD = {
    "name": str,
    "addr": str,
    "capabilities": dict,
    "resident_models": list,
    "metrics": dict,
    "last_heartbeat_ts": float,
}


def check_redis(url, name, timeout):
    command = redis_session(url, timeout)
    key = f"worker:{name}"
    value = command("GET", key)
    if value is None:
        raise Failure(
            f"Redis has no key {key}",
            "is that the worker's name (--name), and does its log say 'Registered with Redis'?",
        )
    record = json.loads(value)
    if set(record) != set(RECORD):
        raise Failure(f"{key} has the fields {sorted(record)}", f"the contract: {sorted(RECORD)}")
    for field, kind in RECORD.items():
        if not isinstance(record[field], kind):
            raise Failure(f"{key}: {field} is {record[field]!r}", f"the contract: a {kind.__name__}")
    seconds, age = command("TTL", key), time.time() - record["last_heartbeat_ts"]
    if seconds < 0:
        raise Failure(f"{key} never expires", "another program wrote it")
    ok(f"Redis: {key} at {record['addr']}, written {age:.0f} s ago, expires in {seconds} s")


def setting(config, section, key):
    """The value of a key in a section of the configuration, or None. Knows plain block YAML only."""
    inside = False
    for line in config.read_text().splitlines() if config.is_file() else ():
        if re.match(r"[^\s#]", line):
            inside = re.match(rf"{section}\s*:", line) is not None
        found = re.match(rf"\s+{key}\s*:\s*(\"[^\"]*\"|'[^']*'|[^\s#]+)", line)
        if inside and found:
            return found.group(1).strip("\"'")
    return None


def configured_redis(config):
    """The address of Redis as the worker takes it, or None: the environment goes before the file."""
    if os.environ.get("REDIS_URL"):
        return os.environ["REDIS_URL"]
    there = config.is_file() and re.search(r"(?m)^redis\s*:", config.read_text())
    if not there or setting(config, "redis", "enabled") == "false":
        return None
    return setting(config, "redis", "url") or "redis://localhost:6379"


if grpc:

    class Bearer(grpc.UnaryUnaryClientInterceptor, grpc.StreamStreamClientInterceptor):
        """Sends the token with every call."""

        def __init__(self, token):
            self.header = ("authorization", "Bearer " + token)

        def call(self, continuation, details, request):
            return continuation(details._replace(metadata=[self.header]), request)

        intercept_unary_unary = intercept_stream_stream = call


def content(option, path):
    """The bytes of a file that an option names, or None without one."""
    try:
        return path and path.read_bytes()
    except OSError as error:
        raise Failure(f"{option} {path}: {error.strerror}", "is the path right?") from error


def first_token(path):
    lines = (content("--token-file", path) or b"").decode().split("\n")
    tokens = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    if path and not tokens:
        raise Failure(f"--token-file {path} holds no token", "one per line, # before comments")
    return tokens[0] if path else None


def secured(address, arguments):
    """A channel as the options say: in clear text or TLS, with or without a token."""
    token = first_token(arguments.token_file)
    files = (arguments.ca_file, arguments.key_file, arguments.cert_file)
    if arguments.tls or any(files):
        credentials = grpc.ssl_channel_credentials(
            content("--ca-file", arguments.ca_file),
            content("--key-file", arguments.key_file),
            content("--cert-file", arguments.cert_file),
        )
        channel = grpc.secure_channel(address, credentials)
    else:
        channel = grpc.insecure_channel(address)
    return grpc.intercept_channel(channel, Bearer(token)) if token else channel


def check_all(arguments):
    host, port = arguments.addr
    check_port(host, port, arguments.timeout)
    session = f"test-connection-{uuid.uuid4()}"
    shown = f"[{host}]" if ":" in host else host
    with secured(f"{shown}:{port}", arguments) as channel:
        try:
            grpc.channel_ready_future(channel).result(arguments.timeout)
        except grpc.FutureTimeoutError:
            raise Failure(
                f"{host}:{port}: no gRPC connection",
                "another program on this port (lsof -i)? --tls, --ca-file, --cert-file and --key-file "
                "must fit what the worker has under tls",
            ) from None
        ok("gRPC connection is ready")
        check_health(channel, arguments.timeout)
        check_services(channel, arguments.timeout)
        start_session(channel, session, arguments.model, arguments.timeout)
        try:
            check_speech(channel, session, arguments.text, arguments.timeout)
        finally:
            end_session(channel, session, arguments.timeout)
    redis = arguments.redis or configured_redis(arguments.config)
    if redis:
        name = arguments.name or os.environ.get("WORKER_NAME") or setting(arguments.config, "worker", "name")
        check_redis(redis, name or "tts-worker-0", arguments.timeout)


def address(value):
    host, _, port = value.rpartition("//")[2].rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is not HOST:PORT")
    return host.strip("[]"), int(port)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addr", type=address, default="localhost:7001", metavar="HOST:PORT")
    parser.add_argument(
        "--port", dest="addr", type=lambda port: address(f"localhost:{port}"), metavar="PORT", help="short for --addr localhost:PORT"
    )
    parser.add_argument("--tls", action="store_true", help="speak TLS; implied by the options with certificates")
    parser.add_argument("--ca-file", type=pathlib.Path, metavar="FILE", help="PEM file of trusted CAs; default: gRPC's")
    parser.add_argument("--cert-file", type=pathlib.Path, metavar="FILE", help="PEM: the certificate to show")
    parser.add_argument("--key-file", type=pathlib.Path, metavar="FILE", help="PEM: private key of --cert-file")
    parser.add_argument("--token-file", type=pathlib.Path, metavar="FILE", help="send the first token of this file")
    parser.add_argument("--model", default="", help="voice to use; default: the worker's")
    parser.add_argument("--text", default="The connection works.", help="what to say")
    parser.add_argument("--timeout", type=float, default=30, help="seconds for each step")
    parser.add_argument("--redis", metavar="URL", help="where the worker registers; default: as configured")
    parser.add_argument("--name", help="the worker's name in Redis; default: as configured")
    own = pathlib.Path(__file__).resolve().parent.parent / "configs/worker.yaml"
    parser.add_argument("--config", type=pathlib.Path, default=own, help="default: configs/worker.yaml")
    arguments = parser.parse_args()
    if (arguments.cert_file is None) != (arguments.key_file is None):
        parser.error("--cert-file and --key-file go together")
    if grpc is None:
        sys.exit("FAIL  Python package grpcio is missing: python3 -m pip install grpcio")
    try:
        check_all(arguments)
    except Failure as failure:
        message, hint = failure.args
        sys.exit(f"FAIL  {message}\n      Hint: {hint}")
    except grpc.RpcError as error:
        sys.exit(
            f"FAIL  {error.code().name}: {error.details()}\n"
            "      Hint: the worker's log has more (logs/worker.log, docker logs tts-worker-0)"
        )


if __name__ == "__main__":
    main()
