#!/usr/bin/env python3
"""Speaks a text and prints each word when it is heard; with --stop-after it interrupts the speech and
says what was heard of it. Needs Python 3.8 or newer and grpcio, no generated code.

The audio goes to a WAV file (--wav) or nowhere: this client only counts it, and takes it to be played
from its first frame on without a break, as a player would. What the fields mean: docs/timing.md.

    examples/words.py "Hello, dear listener, how are you today?"
    examples/words.py --stop-after 1.5 --wav heard.wav "This sentence will not be heard to its end."
"""

import argparse
import queue
import sys
import threading
import time
import uuid
import wave

try:
    import grpc
except ImportError:
    sys.exit("The Python package grpcio is missing: python3 -m pip install grpcio")

RATE = 48_000
FRAME_SECONDS = 0.02
PAUSE, RESUME, STOP = 0, 1, 2

# Protocol buffers by hand: the messages have only strings, bytes, booleans, numbers and each other.
# With grpcio-tools one would rather generate code from proto/tts.proto.


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out) + bytes([number])


def encode(**fields):
    """encode(f1="text", f3=True): the field numbers are in the names; a dict is a map of strings."""
    out = b""
    for name, value in fields.items():
        number = int(name[1:])
        if isinstance(value, dict):
            out += b"".join(encode(**{name: encode(f1=key, f2=own)}) for key, own in value.items())
        elif isinstance(value, (str, bytes)):
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


def number_of(fields, number):
    return fields.get(number, [0])[-1]


class Word:
    """A WordTiming: times in seconds of this call's audio, offsets in characters of the call's text
    (Python counts code points, as the worker does)."""

    def __init__(self, message):
        fields = decode(message)
        self.text = text_of(fields, 1)
        self.start = number_of(fields, 2) / 1000
        self.end = number_of(fields, 3) / 1000
        self.source = slice(number_of(fields, 4), number_of(fields, 5))
        self.exact = bool(number_of(fields, 6))


class Client:
    def __init__(self, channel, timeout):
        self.channel = channel
        self.timeout = timeout
        self.session = f"words-{uuid.uuid4()}"

    def unary(self, method, **fields):
        call = self.channel.unary_unary("/tts.TTSService/" + method)
        return decode(call(encode(**fields), timeout=self.timeout))

    def start(self, model, options):
        answer = self.unary("StartSession", f1=self.session, f2=model, f3=options)
        if not number_of(answer, 1):
            sys.exit(text_of(answer, 2))

    def end(self):
        self.unary("EndSession", f1=self.session)

    def stop(self):
        """Ends the speech; returns samples delivered, the last whole word and where it ends."""
        answer = self.unary("Control", f1=self.session, f2=STOP)
        receipts = [decode(receipt) for receipt in answer.get(16, [])]
        return [(number_of(r, 1), text_of(r, 2), number_of(r, 4)) for r in receipts]

    def speak(self, pieces):
        """Sends pieces of text as they come; yields (audio, words) of each frame."""
        chunks = (encode(f1=self.session, f2=piece) for piece in pieces)
        for message in self.channel.stream_stream("/tts.TTSService/Synthesize")(chunks):
            frame = decode(message)
            yield frame.get(2, [b""])[-1], [Word(word) for word in frame.get(16, [])]


class Player:
    """Prints words in time with the audio, on a thread of its own. The sound card's clock would be
    better than ours; it is used in the same way."""

    def __init__(self):
        self.began = None
        self.until = float("inf")  # seconds of audio that will be played
        self.events = queue.Queue()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def add(self, words):
        if self.began is None:
            self.began = time.monotonic()
        for word in words:
            self.events.put(word)

    def heard(self):
        return 0 if self.began is None else time.monotonic() - self.began

    def run(self):
        for word in iter(self.events.get, None):
            while self.heard() < word.start < self.until:
                time.sleep(0.005)
            if word.start >= self.until:
                continue
            about = "" if word.exact else "about "
            where = f"{word.source.start}-{word.source.stop}"
            print(f"{about}{word.start:7.3f} s  {word.end - word.start:5.3f} s  {where:>9}  {word.text}", flush=True)

    def finish(self):
        self.events.put(None)
        self.thread.join()


def pieces_of(text):
    """As a language model gives its tokens: any cut will do."""
    return [text[at : at + 5] for at in range(0, len(text), 5)]


def speak(client, arguments):
    player, audio, words = Player(), bytearray(), []
    receipts = []

    def interrupt():
        receipts.extend(client.stop())
        player.until = max([samples / RATE for samples, _, _ in receipts], default=player.until)

    timer = None  # from the first frame on
    for pcm, new in client.speak(pieces_of(arguments.text)):
        if arguments.stop_after is not None and timer is None:
            timer = threading.Timer(arguments.stop_after, interrupt)
            timer.start()
        audio += pcm
        words += new
        player.add(new)
    player.finish()
    if timer is not None:
        timer.cancel()
        timer.join()
    print(f"{len(audio) / 2 / RATE:.2f} s of audio, {len(words)} words")
    for samples, last, context_end in receipts:
        print(f"stopped: {samples / RATE:.2f} s were delivered, the last whole word was {last!r}:")
        print(f"  {arguments.text[:context_end]!r}")
        if samples != len(audio) // 2:
            sys.exit(f"The worker says {samples} samples, {len(audio) // 2} came")
    if arguments.wav:
        with wave.open(arguments.wav, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(audio)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--addr", default="localhost:7001", metavar="HOST:PORT")
    parser.add_argument("--model", default="", help="voice to use; default: the worker's")
    parser.add_argument("--speed", default="1", help="0.5 to 2.0")
    parser.add_argument("--stop-after", type=float, metavar="SECONDS", help="stop the speech after so much of it")
    parser.add_argument("--wav", metavar="FILE", help="write the audio there")
    parser.add_argument("--timeout", type=float, default=30, help="seconds for an answer")
    parser.add_argument("text")
    arguments = parser.parse_args()
    with grpc.insecure_channel(arguments.addr) as channel:
        client = Client(channel, arguments.timeout)
        try:
            # Audio comes no more than this ahead of its play-out, so that a stop finds little sent ahead.
            client.start(arguments.model, {"speed": arguments.speed, "max_lead_ms": "200"})
            try:
                speak(client, arguments)
            finally:
                client.end()
        except grpc.RpcError as error:
            sys.exit(f"{error.code().name}: {error.details()}")


if __name__ == "__main__":
    main()
