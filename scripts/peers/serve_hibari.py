"""Serves hibari-tts over the Wyoming protocol; run by peers.py with the Python that has the library."""

import argparse
import queue

import numpy
import wyoming_server
from hibari import Hibari

WARM_UP = [
    "Good morning.",
    "The quick brown fox jumps over the lazy dog, and then it goes back to sleep.",
]
SAMPLE_RATE = 24000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2, help="sentences computed at once, a thread each")
    arguments = parser.parse_args()
    # An instance is for one thread at a time.
    free = queue.Queue()
    for _ in range(arguments.workers):
        speech = Hibari(threads=1)
        for text in WARM_UP:
            speech(text)
        free.put(speech)

    def speak(text):
        speech = free.get()
        try:
            for audio in speech.stream(text):
                yield (numpy.clip(audio, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        finally:
            free.put(speech)

    wyoming_server.serve(arguments.port, SAMPLE_RATE, speak)


if __name__ == "__main__":
    main()
