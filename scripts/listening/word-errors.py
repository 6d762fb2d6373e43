#!/usr/bin/env python3
"""Counts the words that a speech recognizer hears wrong, of what workers say, and rates the speech.

    scripts/listening/word-errors.py --model FOLDER [--worker PATH ...] [--voice ID[:SPEAKER] ...] [--sentences FILE]
        [--locale TAG] [--readings] [--dnsmos] [--wav FOLDER]

Starts each worker (`--worker`, the launchers of builds to compare; default: this one) on free ports, has it say the
sentences of the file (`written -> said aloud` on each line) with each voice (`--voice`; default: its default voice) and
seed 7, and has Whisper write down what it hears. Both what should be said and what is heard are written out by this
build's `tts-worker text` and then by Whisper's own normalizer for English, which writes numbers in digits; digits count
one by one, so that "3" and "three" are the same word, and "4917" and "four nine one seven" the same four. In other
languages (`--locale`; of the file's lines those that begin with the tag or its language, as `es: ` does) both are
written out by `tts-worker text` alone. The figure is the edit distance of the words over their number. With
`--readings` the worker is given what should be said in place of what is written: what is heard wrong then is the
voice's and Whisper's. `--dnsmos` adds the mean opinion that DNSMOS predicts (overall, 1 to 5), `--wav` keeps the
speech. FOLDER holds a model for faster-whisper (model.bin, config.json, tokenizer.json, vocabulary). Needs the Python
packages faster-whisper, whisper-normalizer, grpcio and scipy, and speechmos for `--dnsmos`. OMP_NUM_THREADS limits the
threads of the recognizer."""

import argparse
import importlib.util
import pathlib
import re
import statistics
import tempfile
import unicodedata

import faster_whisper
import numpy
from scipy import signal
from scipy.io import wavfile
from whisper_normalizer.english import EnglishTextNormalizer

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RATE = 48_000
RECOGNIZER_RATE = 16_000


def module(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


pauses = module("pauses", HERE / "pauses.py")
hostile = pauses.hostile
phoneme_errors = module("phoneme_errors", HERE / "phoneme-errors.py")


def session_of(client, voice):
    """A session on the voice, with a fixed seed."""
    name = f"word-errors-{voice}"
    model, _, speaker = voice.partition(":")
    options = [hostile.encode(f1="seed", f2="7")]
    if speaker:
        options.append(hostile.encode(f1="speaker", f2=speaker))
    request = hostile.encode(f1=name, f2=model) + b"".join(hostile.encode(f3=option) for option in options)
    reply = hostile.connection.unary(client.channel, "/tts.TTSService/StartSession", request, 120)
    if not hostile.connection.flag_of(reply, 1):
        raise hostile.Refused(hostile.connection.text_of(reply, 2))
    return name


def speeches(launcher, voice, texts, folder):
    """What the worker says for each text: floats of full scale 1 at the recognizer's rate."""
    with tempfile.TemporaryDirectory() as home:
        worker = hostile.Worker(launcher, pathlib.Path(home))
        try:
            client = hostile.Client(worker)
            session = session_of(client, voice)
            said = []
            for number, text in enumerate(texts, 1):
                samples = pauses.samples(client, session, text)
                if folder:
                    name = f"{voice.replace(':', '-') or 'default'}-{number:03}.wav"
                    wavfile.write(pathlib.Path(folder) / name, RATE, samples.astype("<i2"))
                said.append(signal.resample_poly(samples / 32768, RECOGNIZER_RATE, RATE).astype(numpy.float32))
            return said
        finally:
            worker.stop()


def language(locale):
    """The language of a BCP 47 tag."""
    return locale.split("-")[0]


def heard_of(model, speech, locale):
    segments, _ = model.transcribe(speech, language=language(locale), beam_size=5)
    return " ".join(segment.text.strip() for segment in segments)


def plain(text):
    """In small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def words(lines, locale):
    """The words of each line, written out, and its digits."""
    filled = [line.strip() or "." for line in lines]
    said = phoneme_errors.read_by(str(ROOT / "tts-worker"), filled, "spoken", locale=locale)
    normal = EnglishTextNormalizer() if language(locale) == "en" else str
    return [re.findall(r"[a-z']+|[0-9]", normal(plain(text))) for text in said]


def sentences(path, locale):
    """(written, said) of the locale's lines."""
    if language(locale) == "en":
        return phoneme_errors.pairs(path)
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    tagged = [line.split(": ", 1) for line in lines if re.match(r"[A-Za-z-]+: ", line)]
    found = [tuple(text.split(" → ")) for tag, text in tagged if tag.lower() in (locale.lower(), language(locale))]
    if not found:
        raise SystemExit(f"word-errors: {path} has no line that begins with {locale} or {language(locale)} and a colon")
    return found


def compare(label, written, wanted, speech, model, mos, locale):
    """Prints the sentences with errors and the figures of one voice of one worker."""
    heard = [heard_of(model, samples, locale) for samples in speech]
    total = 0
    for number, (text, want, transcript, got) in enumerate(zip(written, wanted, heard, words(heard, locale)), 1):
        errors = phoneme_errors.distance(got, want)
        total += errors
        if errors:
            print(f"{number}: {errors} of {len(want)} | {text} | {transcript}", flush=True)
    count = sum(map(len, wanted))
    rating = f", DNSMOS {statistics.mean(map(mos, speech)):.3f}" if mos else ""
    print(f"{label}: {total} of {count} words, {100 * total / count:.1f} %{rating}\n", flush=True)


def rater():
    """DNSMOS of one speech."""
    from speechmos import dnsmos

    return lambda speech: dnsmos.run(numpy.clip(speech, -1, 1), RECOGNIZER_RATE)["ovrl_mos"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, help="folder of a model for faster-whisper")
    parser.add_argument("--worker", nargs="+", default=[str(ROOT / "tts-worker")], help="launchers to compare")
    parser.add_argument("--voice", nargs="+", default=[""], metavar="ID", help="default: the worker's; ID:SPEAKER")
    parser.add_argument("--sentences", default=str(HERE / "reported.txt"), help="lines: written -> said aloud")
    parser.add_argument("--locale", default="en-US", help="BCP 47 tag of the sentences")
    parser.add_argument("--readings", action="store_true", help="speak what should be said")
    parser.add_argument("--dnsmos", action="store_true", help="rate the speech too")
    parser.add_argument("--wav", metavar="FOLDER", help="keep the speech here, 48 kHz")
    arguments = parser.parse_args()
    written, said = zip(*sentences(arguments.sentences, arguments.locale))
    wanted = words(said, arguments.locale)
    written = said if arguments.readings else written
    model = faster_whisper.WhisperModel(arguments.model, device="cpu", compute_type="int8")
    mos = rater() if arguments.dnsmos else None
    for launcher in arguments.worker:
        for voice in arguments.voice:
            speech = speeches(launcher, voice, written, arguments.wav)
            compare(f"{launcher} {voice}".strip(), written, wanted, speech, model, mos, arguments.locale)


if __name__ == "__main__":
    main()
