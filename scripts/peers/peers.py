#!/usr/bin/env python3
"""Installs, starts and stops the speech servers that the benchmark compares this worker with.

    scripts/peers/peers.py install
    ./tts-worker bench $(scripts/peers/peers.py start)
    scripts/peers/peers.py stop

`start` prints one option of the benchmark for each server, the progress goes to stderr:

    --target wyoming-piper=wyoming://127.0.0.1:40123,pid=4711

wyoming-piper       wyoming-piper 2.5.2 with piper-tts 1.8.0 as they come: whole sentences, one at a time
streaming-vits      streaming-vits 0.4.2 behind a thin server of ours, after its own `calibrate` on this
                    machine, each graph on one thread (see --threads)
streaming-vits-raw  the same without its `calibrate`: the first chunk is 16 frames, and each graph has the
                    library's own four threads
hibari-tts          hibari-tts 0.2.1, the default voice's own package, behind a thin server of ours: whole
                    sentences, two at once, a thread each

Everything lies below target/peers: virtual environments, a copy of the voice, logs. Start them on a
machine that is idle, since the first start calibrates. All are warm when `start` ends. Needs Linux and a Python
from 3.9 to 3.11 (the phonemizer that makes streaming-vits fastest has no wheel for later ones)."""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
FOLDER = HOME / "target/peers"
VOICE = HOME / "voicepacks/piper/en-us-joe-medium/en_US-joe-medium.onnx"
PACKAGES = {
    "wyoming-piper": ["wyoming-piper==2.5.2", "piper-tts==1.8.0", "onnxruntime==1.32.0"],
    "hibari-tts": ["hibari-tts[fast]==0.2.1", "onnxruntime==1.32.0"],
    "streaming-vits": ["streaming-vits==0.4.2", "piper-phonemize==1.1.0", "onnxruntime==1.32.0"],
}
# Which of the environments each server runs in.
SERVERS = {
    "wyoming-piper": "wyoming-piper",
    "streaming-vits": "streaming-vits",
    "streaming-vits-raw": "streaming-vits",
    "hibari-tts": "hibari-tts",
}
START_SECONDS = 120
STOP_SECONDS = 10
WARM_UP = [
    "Good morning.",
    "The quick brown fox jumps over the lazy dog, and then it goes back to sleep.",
    "Thank you for waiting; your order will be ready in a few minutes, and we will bring it to the table "
    "where your friends are sitting.",
]


def tell(text):
    print(f"peers: {text}", file=sys.stderr, flush=True)


# Installing.


def suitable_python():
    """A Python for which all packages have wheels."""
    for name in (sys.executable, "python3.11", "python3.10", "python3.9"):
        path = shutil.which(name)
        question = [path, "-c", "import sys; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 11))"]
        if path and subprocess.run(question, stderr=subprocess.DEVNULL).returncode == 0:
            return path
    sys.exit("peers: needs a Python from 3.9 to 3.11 on the PATH")


def environment(name):
    return FOLDER / "environments" / name


def install(names):
    python = suitable_python()
    for name in dict.fromkeys(SERVERS[server] for server in names):
        folder = environment(name)
        tell(f"{', '.join(PACKAGES[name])} into {folder}")
        subprocess.run([python, "-m", "venv", folder], check=True)
        pip = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PACKAGES[name]], check=True)


def copy_of_voice(server, voice):
    """The voice in a folder of its own: streaming-vits writes its cut graphs and its calibration beside."""
    folder = FOLDER / "voices" / server
    folder.mkdir(parents=True, exist_ok=True)
    for source in (voice, voice.with_name(voice.name + ".json")):
        if not source.is_file():
            sys.exit(f"peers: {source} is missing; ./tts-worker voices install piper-en-us-joe-medium")
        copy = folder / source.name
        if not copy.exists() or copy.stat().st_size != source.stat().st_size:
            shutil.copyfile(source, copy)
    return folder / voice.name


# Starting.


def command(server, model, port, threads, again):
    """What to run, once whatever it needs is prepared."""
    bin_folder = environment(SERVERS[server]) / "bin"
    if server == "wyoming-piper":
        data = ["--data-dir", model.parent, "--voice", model.stem]
        return [bin_folder / "wyoming-piper", "--uri", f"tcp://127.0.0.1:{port}", *data]
    if server == "hibari-tts":
        return [bin_folder / "python", HERE / "serve_hibari.py", "--port", str(port)]
    serve = [bin_folder / "python", HERE / "serve_streaming_vits.py", "--model", model, "--port", str(port)]
    if server == "streaming-vits-raw":
        return serve
    calibrate(bin_folder, model, threads, again)
    return [*serve, "--threads", str(threads)]


def calibrate(bin_folder, model, threads, again):
    """Once for each number of threads: the schedule that this leads to differs from run to run."""
    done = model.parent / f"calibrated-{threads}"
    if done.exists() and not again:
        return
    tell(f"streaming-vits calibrate with {threads} threads")
    options = [f"--vits-model={model}", f"--num-threads={threads}"]
    log = (model.parent / "calibrate.log").open("wb")
    subprocess.run([bin_folder / "streaming-vits", "calibrate", *options], stdout=log, stderr=log, check=True)
    for earlier in model.parent.glob("calibrated-*"):
        earlier.unlink()
    done.touch()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def start(names, voice, threads, again):
    for folder in ("running", "logs"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    for server in names:
        if alive(server):
            sys.exit(f"peers: {server} runs already; {sys.argv[0]} stop")
        if not environment(SERVERS[server]).is_dir():
            sys.exit(f"peers: {server} is not installed; {sys.argv[0]} install")
    for server in names:
        port = free_port()
        model = voice if server == "hibari-tts" else copy_of_voice(server, voice)
        arguments = command(server, model, port, threads, again)
        log = FOLDER / "logs" / f"{server}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(arguments, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                                       start_new_session=True)
        note = {"pid": process.pid, "started": started(process.pid), "port": port}
        record(server).write_text(json.dumps(note), encoding="utf-8")
        wait_for(server, process, port, log)
        for text in WARM_UP:
            seconds = speak(port, text)
        tell(f"{server} answers on port {port}; {seconds:.1f} s of sound for the last text of the warm-up")
    print_targets(names)


def print_targets(names):
    for server in names:
        if note := alive(server):
            print(f"--target {server}=wyoming://127.0.0.1:{note['port']},pid={note['pid']}")


def wait_for(server, process, port, log):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"peers: {server} did not start; see {log}")


def speak(port, text):
    """Has a text spoken and returns its seconds of sound."""
    request = {"type": "synthesize", "data": {"text": text}}
    seconds = 0.0
    with socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS) as connection:
        connection.sendall(json.dumps(request).encode() + b"\n")
        with connection.makefile("rb") as reader:
            while line := reader.readline():
                event = json.loads(line)
                data = json.loads(reader.read(event.get("data_length", 0)) or b"{}")
                data = {**event.get("data", {}), **data}
                sound = reader.read(event.get("payload_length", 0))
                if event["type"] == "audio-chunk":
                    seconds += len(sound) / (data["rate"] * data["width"] * data["channels"])
                elif event["type"] == "error":
                    sys.exit(f"peers: port {port} answers {data}")
                elif event["type"] == "audio-stop" and seconds > 0:
                    return seconds
    sys.exit(f"peers: port {port} hung up before the end of the sound")


# Stopping.


def record(server):
    return FOLDER / "running" / f"{server}.json"


def started(pid):
    """When a process began, in clock ticks since boot: tells it from a later one with its number. None
    when there is no such process."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]


def alive(server):
    """The note on a server that `start` began and that still runs, else None."""
    if not record(server).exists():
        return None
    note = json.loads(record(server).read_text(encoding="utf-8"))
    return note if started(note["pid"]) == note["started"] else None


def stop(names):
    for server in names:
        if note := alive(server):
            os.kill(note["pid"], signal.SIGTERM)
            until = time.monotonic() + STOP_SECONDS
            while alive(server) and time.monotonic() < until:
                time.sleep(0.05)
            if alive(server):
                os.kill(note["pid"], signal.SIGKILL)
            tell(f"{server} stopped")
        record(server).unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["install", "start", "targets", "stop"])
    parser.add_argument("server", nargs="*", help=f"of {', '.join(SERVERS)}; default: all")
    parser.add_argument("--voice", type=pathlib.Path, default=VOICE, help="the Piper voice's .onnx")
    parser.add_argument("--threads", type=int, default=1,
                        help="of each graph of streaming-vits; 1 was the best for it on two cores, with one"
                        " stream too")
    parser.add_argument("--calibrate", action="store_true",
                        help="calibrate streaming-vits again, as after a busy machine became idle")
    arguments = parser.parse_args()
    names = arguments.server or list(SERVERS)
    for name in names:
        if name not in SERVERS:
            parser.error(f"server {name!r}: allowed are {', '.join(SERVERS)}")
    if arguments.action == "install":
        install(names)
    elif arguments.action == "start":
        start(names, arguments.voice.resolve(), arguments.threads, arguments.calibrate)
    elif arguments.action == "targets":
        print_targets(names)
    else:
        stop(names)


if __name__ == "__main__":
    main()
