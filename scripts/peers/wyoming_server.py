"""Serves a speech library over the Wyoming protocol on loopback: one thread for each connection and
nothing else between the library and the socket, so that the library is measured and not its wrapping.

An event is one line of JSON, then `data_length` bytes of JSON, then `payload_length` bytes of sound."""

import json
import socket
import threading

SAMPLE_BYTES = 2


def serve(port, rate, speak):
    """Answers synthesize events for good. `speak(text)` yields 16-bit little-endian PCM of `rate` Hz and is
    called on the connection's own thread; it is closed at once when the caller hangs up."""
    listener = socket.create_server(("127.0.0.1", port), backlog=512)
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_converse, args=(connection, rate, speak), daemon=True).start()


def _converse(connection, rate, speak):
    form = {"rate": rate, "width": SAMPLE_BYTES, "channels": 1}
    with connection, connection.makefile("rb") as reader:
        try:
            while (event := _read(reader)) is not None:
                if event["type"] == "synthesize":
                    _answer(connection, form, speak, event["data"]["text"])
        except OSError:
            pass  # The caller hung up: nobody is left to be told.


def _answer(connection, form, speak, text):
    _write(connection, {"type": "audio-start", "data": form})
    try:
        for pcm in speak(text):
            if _hung_up(connection):
                return
            _write(connection, {"type": "audio-chunk", "data": form, "payload_length": len(pcm)}, pcm)
    except OSError:
        raise
    except Exception as failure:  # Whatever the library throws is for the caller to count.
        _write(connection, {"type": "error", "data": {"text": f"{type(failure).__name__}: {failure}"}})
        return
    _write(connection, {"type": "audio-stop"})


def _read(reader):
    line = reader.readline()
    if not line:
        return None
    event = json.loads(line)
    event.setdefault("data", {}).update(json.loads(reader.read(event.get("data_length", 0)) or b"{}"))
    reader.read(event.get("payload_length", 0))
    return event


def _write(connection, header, payload=b""):
    connection.sendall(json.dumps(header).encode() + b"\n" + payload)


def _hung_up(connection):
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
