#!/usr/bin/env python3
"""Speaks with a worker by the package nvidia-riva-client, as its users do: whole, streamed, word times, dictionary,
voices, interruption, refusals, two at once. Prints what it heard; exit code 1 when something is wrong.

    scripts/clients/riva_client.py localhost:7001"""

import argparse
import threading
import time

import grpc
import riva.client
from heard import Checks, Heard

TEXT = "Good morning. The quick brown fox jumps over the lazy dog, and then it goes back to sleep."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    address = parser.parse_args().address
    speech = riva.client.SpeechSynthesisService(riva.client.Auth(uri=address))
    checks = Checks()
    voices(speech, checks)
    whole = whole_and_streamed(speech, checks)
    rates(speech, checks, whole)
    words(speech, checks)
    interruption(speech, checks)
    refusals(speech, checks)
    two_at_once(speech, checks)
    checks.end()


def voices(speech: riva.client.SpeechSynthesisService, checks: Checks) -> None:
    answer = speech.stub.GetRivaSynthesisConfig(riva.client.proto.riva_tts_pb2.RivaSynthesisConfigRequest())
    names = [
        f"{model.parameters['voice_name']}.{voice.split(':')[0]}"
        for model in answer.model_config
        for voice in model.parameters["subvoices"].split(",")
    ]
    print("voices:", ", ".join(names[:6]))
    checks.that(len(names) > 0 and not any(name.endswith(".") for name in names), "every voice has a full name")


def streamed(speech: riva.client.SpeechSynthesisService, what: str, **settings: object) -> Heard:
    heard = Heard(what, int(settings.get("sample_rate_hz", 22050)))
    for part in speech.synthesize_online(TEXT, **settings):
        heard.add(part.audio)
    heard.report()
    return heard


def whole_and_streamed(speech: riva.client.SpeechSynthesisService, checks: Checks) -> Heard:
    whole = Heard("synthesize", 22050)
    whole.add(speech.synthesize(TEXT, sample_rate_hz=22050).audio)
    whole.report()
    online = streamed(speech, "synthesize_online", sample_rate_hz=22050)
    checks.that(abs(whole.seconds - online.seconds) < 0.5, "whole and streamed last about as long")
    checks.that(whole.level > -35, "it is loud enough")
    parts = Heard("synthesize_online, a list", 16000)
    for part in speech.synthesize_online(["Good morning.", "This is the second message."], sample_rate_hz=16000):
        parts.add(part.audio)
    parts.report()
    checks.that(parts.seconds > 1.5, "both messages are spoken")
    return whole


def rates(speech: riva.client.SpeechSynthesisService, checks: Checks, whole: Heard) -> None:
    for rate in (8000, 16000, 24000, 44100, 48000):
        heard = streamed(speech, f"{rate} Hz", sample_rate_hz=rate, voice_name="Magpie-Multilingual.EN-US.Aria")
        checks.that(abs(heard.seconds - whole.seconds) < 0.5, f"{rate} Hz lasts as long")


def words(speech: riva.client.SpeechSynthesisService, checks: Checks) -> None:
    request = riva.client.proto.riva_tts_pb2.SynthesizeSpeechRequest(
        text=TEXT, language_code="en-US", sample_rate_hz=24000, enable_word_time_offsets=True
    )
    said = []
    for part in speech.stub.SynthesizeOnline(iter([request])):
        said += [(word.word, word.start_time, word.end_time) for word in part.meta.words]
    print("words:", said[:4])
    checks.that(" ".join(word for word, _, _ in said) == TEXT, "the words joined are the text")
    checks.that(all(a[1] <= b[1] for a, b in zip(said, said[1:])), "word times go up")
    spoken = speech.synthesize("GIF SQL", custom_dictionary={"GIF": "dʒɪf", "SQL": "ˈsiːkwəl"}).audio
    checks.that(len(spoken) > 10000, "a custom dictionary is taken")


def interruption(speech: riva.client.SpeechSynthesisService, checks: Checks) -> None:
    request = riva.client.proto.riva_tts_pb2.SynthesizeSpeechRequest(text=f"{TEXT} " * 40, sample_rate_hz=16000)
    call = speech.stub.SynthesizeOnline(iter([request]))
    next(iter(call))
    began = time.perf_counter()
    call.cancel()
    code = None
    try:
        for _ in call:
            pass
    except grpc.RpcError as failure:
        code = failure.code()
    print(f"interruption: {code} after {(time.perf_counter() - began) * 1000:.0f} ms")
    checks.that(code == grpc.StatusCode.CANCELLED, "a cancelled call ends")


def refusals(speech: riva.client.SpeechSynthesisService, checks: Checks) -> None:
    for what, settings in {
        "unknown voice": {"voice_name": "nobody"},
        "rate 12345": {"sample_rate_hz": 12345},
        "FLAC": {"encoding": riva.client.AudioEncoding.FLAC},
    }.items():
        try:
            speech.synthesize("Hello.", **settings)
            checks.that(False, f"{what} is refused")
        except grpc.RpcError as refused:
            print(f"{what}: {refused.code().name} {refused.details()[:100]}")
            checks.that(refused.code() == grpc.StatusCode.INVALID_ARGUMENT, f"{what} is refused")


def two_at_once(speech: riva.client.SpeechSynthesisService, checks: Checks) -> None:
    heard: list[Heard] = []
    threads = [
        threading.Thread(target=lambda n=n: heard.append(streamed(speech, f"call {n}", sample_rate_hz=16000)))
        for n in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checks.that(len(heard) == 2 and all(one.seconds > 2 for one in heard), "two calls at once are spoken")


if __name__ == "__main__":
    main()
