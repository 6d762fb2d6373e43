"""Serves streaming-vits over the Wyoming protocol; run by peers.py with the Python that has the library."""

import argparse

import numpy
import wyoming_server
from streaming_vits import StreamingTTS

WARM_UP = [
    "Good morning.",
    "The quick brown fox jumps over the lazy dog, and then it goes back to sleep.",
    "Thank you for waiting; your order will be ready in a few minutes, and we will bring it to the table "
    "where your friends are sitting.",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="the voice's .onnx")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, help="of each graph; default: as calibrated")
    arguments = parser.parse_args()
    # Its sessions are shared by all connections: ONNX Runtime runs them at the same time, and between
    # two calls the windowed decoder keeps nothing. The decoder that keeps state serves one stream only.
    speech = StreamingTTS(arguments.model, threads=arguments.threads, use_cached=False)

    def speak(text):
        for chunk in speech.stream(text):
            yield (numpy.clip(chunk.audio, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()

    for text in WARM_UP:
        for _ in speak(text):
            pass
    wyoming_server.serve(arguments.port, speech.sample_rate, speak)


if __name__ == "__main__":
    main()
