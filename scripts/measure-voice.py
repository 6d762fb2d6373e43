#!/usr/bin/env python3
"""Measures what a running worker says: loudness, peaks, silence, repeatability, first audio; and, on
request, durations and waveforms against piper-tts, and word errors by an offline recogniser.

    scripts/measure-voice.py --addr localhost:7001
    scripts/measure-voice.py --piper voicepacks/piper/en-us-joe-medium/en_US-joe-medium.onnx --words

Needs grpcio, grpcio-tools, numpy and scipy; --piper needs piper-tts, --words needs pocketsphinx.
Exit status: 0 all within the bounds that are printed, 1 something is not, 2 wrong arguments."""

import argparse
import hashlib
import os
import pathlib
import re
import sys
import tempfile
import time
import uuid

import grpc
import numpy
from scipy import signal

RATE = 48_000
FRAME_SAMPLES = 960
HOME = pathlib.Path(__file__).resolve().parent.parent
PROTO = HOME / "proto"
ESPEAK_DATA = HOME / "target/tts-worker/native/espeak-ng-data"
SENTENCES = [
    "Good morning, everyone.",
    "Where did you put the keys?",
    "I'll call you back in a minute.",
    "The quick brown fox jumps over the lazy dog.",
    "She sold her old bicycle to a friend from work.",
    "Stop!  The bridge is closed because of the flood.",
    "My brother bought three apples, two pears and a bag of rice.",
    "Could you tell me how to get to the railway station from here?",
    "The weather will be cold and windy in the north, with some rain later.",
    "We had planned to leave at eight, but the children were still asleep.",
    "Thank you for waiting; your order will be ready in a few minutes.",
    "He opened the window, looked down at the empty street and shook his head.",
    "The doctor said that the wound was clean and would heal within two weeks.",
    "If you want to change your address, please press the button on the left side.",
    "Most people who work in this city live outside of it and travel by train.",
    "Nobody knew why the old clock in the tower had stopped during the night.",
    "When the teacher asked about the answer, half of the class began to laugh, and the other half "
    "looked out of the window.",
    "The company will open a new factory next year, and it hopes to hire about four hundred people "
    "from the villages around the lake.",
    "After the long winter the farmers were glad to see the first green leaves, because they had "
    "almost nothing left to give to their animals.",
    "Yesterday evening we walked along the river to the market, where my sister bought a blue dress, "
    "a pair of shoes and a present for her husband's birthday party on Sunday.",
]
TWO_SECONDS = "The quick brown fox jumps over the lazy dog."


def stubs():
    """The generated modules of proto/tts.proto."""
    from grpc_tools import protoc

    folder = tempfile.mkdtemp(prefix="tts-proto-")
    made = protoc.main(
        ["protoc", f"-I{PROTO}", f"--python_out={folder}", f"--grpc_python_out={folder}", "tts.proto"]
    )
    if made != 0:
        sys.exit("proto/tts.proto cannot be compiled")
    sys.path.insert(0, folder)
    import tts_pb2
    import tts_pb2_grpc

    return tts_pb2, tts_pb2_grpc


class Worker:
    """Speaks over gRPC as a client does; checks every frame."""

    def __init__(self, addr, model):
        self.messages, services = stubs()
        self.channel = grpc.insecure_channel(addr)
        self.stub = services.TTSServiceStub(self.channel)
        self.model = model

    def speak(self, pieces, **options):
        """Returns float samples of full scale 1, the bytes, and seconds to the first frame."""
        session = f"measure-{uuid.uuid4()}"
        texts = {name: str(value) for name, value in options.items()}
        request = self.messages.StartSessionRequest(
            session_id=session, model_id=self.model, options=texts
        )
        answer = self.stub.StartSession(request)
        if not answer.success:
            sys.exit(f"StartSession: {answer.message}")
        chunk = self.messages.TextChunk
        chunks = [chunk(session_id=session, text=piece) for piece in pieces]
        chunks.append(chunk(session_id=session, is_final=True))
        began = time.perf_counter()
        first, frames = None, []
        for frame in self.stub.Synthesize(iter(chunks)):
            first = first or time.perf_counter() - began
            frames.append(frame)
        self.stub.EndSession(self.messages.EndSessionRequest(session_id=session))
        assert [f.sequence_number for f in frames] == list(range(1, len(frames) + 1))
        assert [f.is_final for f in frames] == [False] * (len(frames) - 1) + [True]
        assert all(len(f.audio_data) == 2 * FRAME_SAMPLES for f in frames)
        data = b"".join(f.audio_data for f in frames)
        return numpy.frombuffer(data, "<i2") / 32768, data, first


# Measures of one signal.


def decibels(ratio):
    return 20 * numpy.log10(max(ratio, 1e-9))


def lufs(samples):
    """Integrated loudness by ITU-R BS.1770-4, with the coefficients listed there for 48 kHz."""
    shelf = ([1.53512485958697, -2.69169618940638, 1.19839281085285],
             [1, -1.69065929318241, 0.73248077421585])
    high_pass = ([1, -2, 1], [1, -1.99004745483398, 0.99007225036621])
    weighted = signal.lfilter(*high_pass, signal.lfilter(*shelf, samples))
    step = RATE // 10
    steps = [numpy.mean(weighted[i:i + step] ** 2) for i in range(0, len(weighted) - step + 1, step)]
    powers = numpy.convolve(steps, numpy.ones(4) / 4, "valid") if len(steps) >= 4 else numpy.array([])
    loud = powers[powers > 10 ** ((-70 + 0.691) / 10)]
    if len(loud) == 0:
        return float("nan")
    loud = loud[loud > numpy.mean(loud) / 10]
    return -0.691 + 10 * numpy.log10(numpy.mean(loud))


def silences(samples, floor_db=-50):
    """Seconds before the first and after the last 10 ms that are louder than `floor_db` dBFS."""
    step = RATE // 100
    blocks = samples[: len(samples) // step * step].reshape(-1, step)
    loud = numpy.flatnonzero(numpy.sqrt(numpy.mean(blocks**2, axis=1)) > 10 ** (floor_db / 20))
    if len(loud) == 0:
        return len(samples) / RATE, 0.0
    return loud[0] / 100, (len(blocks) - 1 - loud[-1]) / 100


def true_peak(samples):
    return numpy.max(numpy.abs(signal.resample_poly(samples, 4, 1)))


def band_levels(samples):
    """Octave bands, 125 Hz to 8 kHz, in dB of mean square."""
    frequencies, power = signal.welch(samples, RATE, nperseg=8192)
    bands = {}
    for middle in (125, 250, 500, 1000, 2000, 4000, 8000):
        inside = (frequencies >= middle / 2**0.5) & (frequencies < middle * 2**0.5)
        bands[middle] = 10 * numpy.log10(numpy.sum(power[inside]) + 1e-20)
    above = frequencies > 12_200
    bands["above 12.2k"] = 10 * numpy.log10(numpy.sum(power[above]) / numpy.sum(power) + 1e-20)
    return bands


class Report:
    def __init__(self):
        self.failed = False

    def line(self, text=""):
        print(text, flush=True)

    def check(self, what, value, low, high, unit=""):
        good = low <= value <= high
        self.failed |= not good
        self.line(f"{'OK  ' if good else 'FAIL'}  {what}: {value:.6g} {unit} (allowed {low:g} to {high:g})")


def levels(report, spoken, target, ceiling_db):
    report.line("\n# Level: each sentence, default options")
    report.line("words seconds   LUFS   peak  true peak  clipped  DC dBFS  lead s  tail s")
    for text, samples in zip(SENTENCES, spoken):
        lead, tail = silences(samples)
        report.line(
            f"{len(text.split()):5} {len(samples) / RATE:7.2f} {lufs(samples):6.2f}"
            f" {decibels(numpy.max(numpy.abs(samples))):6.2f} {decibels(true_peak(samples)):10.2f}"
            f" {numpy.sum(numpy.abs(samples) >= 32767 / 32768):8}"
            f" {decibels(abs(numpy.mean(samples))):8.1f} {lead:7.2f} {tail:7.2f}"
        )
    joined = numpy.concatenate(spoken)
    single = [lufs(samples) for samples in spoken]
    report.line(f"spread of single sentences: {min(single):.2f} to {max(single):.2f} LUFS")
    report.check("loudness of the whole set", lufs(joined), target - 0.5, target + 0.5, "LUFS")
    report.check("peak", decibels(numpy.max(numpy.abs(joined))), -60, ceiling_db + 0.01, "dBFS")
    report.check("true peak", decibels(true_peak(joined)), -60, 0, "dBTP")
    report.check("clipped samples", numpy.sum(numpy.abs(joined) >= 32767 / 32768), 0, 0)
    report.check("DC", decibels(abs(numpy.mean(joined))), -200, -60, "dBFS")
    leads = [silences(samples)[0] for samples in spoken]
    report.check("silence in front, median", float(numpy.median(leads)), 0, 0.1, "s")


def repeats(report, worker, seed):
    report.line("\n# The same seed and text give the same bytes")
    text = SENTENCES[3] + " " + SENTENCES[9] + " " + SENTENCES[0]
    cuts = {
        "one chunk": [text],
        "one chunk again": [text],
        "words": re.findall(r"\S+\s*", text),
        "characters": list(text),
    }
    hashes = {}
    for name, pieces in cuts.items():
        _, data, _ = worker.speak(pieces, seed=seed, max_lead_ms=600_000)
        hashes[name] = hashlib.sha256(data).hexdigest()[:16]
        report.line(f"{name:16} {len(data) // 1920:5} frames  {hashes[name]}")
    report.check("different outcomes", len(set(hashes.values())), 1, 1)
    _, other, _ = worker.speak([text], seed=seed + 1, max_lead_ms=600_000)
    report.check("another seed differs", hashlib.sha256(other).hexdigest()[:16] not in hashes.values(), 1, 1)


def first_audio(report, worker, count):
    report.line(f"\n# First audio of a two-second sentence, one stream, {count} times")
    worker.speak([TWO_SECONDS])
    times = sorted(worker.speak([TWO_SECONDS])[2] * 1000 for _ in range(count))
    report.line(
        f"smallest {times[0]:.1f}, median {times[count // 2]:.1f}, p90 {times[int(count * 0.9)]:.1f},"
        f" largest {times[-1]:.1f} ms; load average {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores"
    )


# Comparison with piper-tts.


class Piper:
    """piper-tts; `like_ours` makes it read as the earlier eSpeak NG does that the worker ships: with
    its data, and without the glides that later ones write between vowels."""

    def __init__(self, model, like_ours):
        from piper import PiperVoice, SynthesisConfig

        self.settings = SynthesisConfig
        data = {"espeak_data_dir": ESPEAK_DATA} if like_ours and ESPEAK_DATA.is_dir() else {}
        self.voice = PiperVoice.load(model, **data)
        self.rate = self.voice.config.sample_rate
        if like_ours:
            read = self.voice.phonemize
            self.voice.phonemize = lambda text: [
                [phoneme for phoneme in sentence if phoneme != "\u02b2"] for sentence in read(text)
            ]

    def speak(self, text, noise):
        """At 48 kHz, not normalised. Without noise when `noise` is false."""
        scale = {} if noise else {"noise_scale": 0.0, "noise_w_scale": 0.0}
        config = self.settings(normalize_audio=False, **scale)
        parts = [chunk.audio_float_array for chunk in self.voice.synthesize(text, config)]
        divisor = numpy.gcd(RATE, self.rate)
        return signal.resample_poly(
            numpy.concatenate(parts), RATE // divisor, self.rate // divisor,
            window=("kaiser", 12.0),
        )


def against_piper(report, worker, piper, spoken):
    report.line("\n# Against piper-tts without noise: the same sentence must be the same wave")
    report.line("words  ours s  piper s  gain dB  ours - gain * piper, dB below ours")
    worst, ratios = -200.0, []
    ours_all, theirs_all = [], []
    for text in SENTENCES:
        ours, _, _ = worker.speak([text], noise_scale=0, noise_w=0, max_lead_ms=600_000, volume_db=-12)
        theirs = piper.speak(text, False)
        ratios.append(len(ours) / len(theirs))
        shared = min(len(ours), len(theirs))
        a, b = ours[:shared], theirs[:shared]
        gain = numpy.dot(a, b) / numpy.dot(b, b)
        residue = decibels(numpy.std(a - gain * b) / numpy.std(a))
        worst = max(worst, residue)
        ours_all.append(a)
        theirs_all.append(gain * b)
        report.line(
            f"{len(text.split()):5} {len(ours) / RATE:7.2f} {len(theirs) / RATE:8.2f}"
            f" {decibels(gain):8.2f} {residue:10.1f}"
        )
    report.check("largest residue", worst, -200, -40, "dB")
    report.check("largest duration ratio (ours is whole frames of 20 ms)", max(ratios), 1, 1.02)
    left, right = band_levels(numpy.concatenate(ours_all)), band_levels(numpy.concatenate(theirs_all))
    report.line("octave bands, ours minus piper-tts in dB: " + ", ".join(
        f"{band} {left[band] - right[band]:+.2f}" for band in left if band != "above 12.2k"))
    full = band_levels(numpy.concatenate(spoken))
    report.check("energy above 12.2 kHz at full level", full["above 12.2k"], -300, -60, "dB of all")


def durations(report, piper, spoken):
    report.line("\n# Against piper-tts as it is, with the voice's own noise: durations")
    theirs = [piper.speak(text, True) for text in SENTENCES]
    ratios = sorted(len(a) / len(b) for a, b in zip(spoken, theirs))
    report.line(
        f"ours / piper-tts: {ratios[0]:.3f} to {ratios[-1]:.3f}, median {ratios[len(ratios) // 2]:.3f}"
    )
    total = sum(map(len, spoken)) / sum(map(len, theirs))
    report.check("whole set, ours / piper-tts", total, 0.95, 1.05)
    joined = numpy.concatenate(theirs)
    report.line(
        f"piper-tts not normalised: {lufs(joined):.2f} LUFS, peak"
        f" {decibels(numpy.max(numpy.abs(joined))):.2f} dBFS, DC {decibels(abs(numpy.mean(joined))):.1f} dBFS,"
        f" median silence in front {numpy.median([silences(t, -60)[0] for t in theirs]):.2f} s"
    )
    return theirs


# Word errors.


def word_errors(said, heard):
    """Edit distance in words."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        corner, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (word != other))
    return row[-1]


def recognise(decoder, samples):
    quiet = numpy.zeros(RATE // 4)
    narrow = signal.resample_poly(numpy.concatenate([quiet, samples, quiet]), 1, 3)
    data = numpy.clip(narrow * 32767, -32768, 32767).astype("<i2").tobytes()
    decoder.start_utt()
    decoder.process_raw(data, full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    return hypothesis.hypstr.split() if hypothesis else []


def words(report, speeches):
    """Word error rates of several renderings of the sentences, by name."""
    from pocketsphinx import Decoder

    report.line("\n# Word errors by pocketsphinx, its own US English model")
    decoder = Decoder(samprate=16_000, loglevel="FATAL")
    count = sum(len(plain(text)) for text in SENTENCES)
    for name, speech in speeches.items():
        errors = 0
        for text, samples in zip(SENTENCES, speech):
            level = 0.1 / numpy.std(samples)
            errors += word_errors(plain(text), recognise(decoder, samples * level))
        report.line(f"{name}: {errors} of {count} words wrong, {100 * errors / count:.1f} %")


def plain(text):
    return re.findall(r"[a-z']+", text.lower())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--addr", default="localhost:7001", help="HOST:PORT of the worker")
    parser.add_argument("--model", default="", help="model id; default: the worker's own")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", type=float, default=-16.0, help="LUFS that are expected")
    parser.add_argument("--repeat", type=int, default=20, help="first-audio measurements")
    parser.add_argument("--piper", help="the voice's .onnx, to compare with piper-tts")
    parser.add_argument("--words", action="store_true", help="count word errors")
    arguments = parser.parse_args()
    worker = Worker(arguments.addr, arguments.model)
    report = Report()
    speeches = {
        "ours": [
            worker.speak([text], seed=arguments.seed + i, max_lead_ms=600_000)[0]
            for i, text in enumerate(SENTENCES)
        ]
    }
    levels(report, speeches["ours"], arguments.target, -1.0)
    repeats(report, worker, arguments.seed)
    first_audio(report, worker, arguments.repeat)
    if arguments.piper:
        against_piper(report, worker, Piper(arguments.piper, True), speeches["ours"])
        speeches["piper-tts"] = durations(report, Piper(arguments.piper, False), speeches["ours"])
    if arguments.words:
        words(report, speeches)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
