"""Starts a real worker for tests: TTS_WORKER_COMMAND, or ./tts-worker of the checkout."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import threading

CHECKOUT = pathlib.Path(__file__).resolve().parents[3]
COMMAND = os.environ.get("TTS_WORKER_COMMAND") or str(CHECKOUT / "tts-worker")
VOICES = CHECKOUT / "src/test/resources/voicepacks"
TONE = "mock-440hz"  # half a second for each chunk of text, without words
TINY = "piper-tiny"  # noise, with words
LOADED = re.compile(r'Model loaded successfully","model_id":"' + TINY)
LISTENING = re.compile(r"gRPC server listening on port (\d+)")


class Worker:
    """A worker on a free port of this machine, until close()."""

    def __init__(self, **sections: object) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tts-worker-client-"))
        models = {"default_model_id": TONE, "fallback_model_id": TONE, "preload_model_ids": [TINY]}
        config = {
            "worker": {"grpc_host": "127.0.0.1", "grpc_port": 0, "drain_grace_ms": 0},
            "model_manager": {**models, "voicepack_root": str(VOICES)},
            "voicepacks": {"auto_install": False},
            "metrics": {"enabled": False},
            **sections,
        }
        file = self.folder / "worker.yaml"
        file.write_text(json.dumps(config))  # which is YAML too
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--config", str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.log: list[str] = []
        self.addr = f"127.0.0.1:{self._await(LISTENING).group(1)}"
        self._await(LOADED)
        self._draining = threading.Thread(target=self.log.extend, args=(self.process.stdout,))
        self._draining.start()

    def _await(self, phrase: re.Pattern[str]) -> re.Match[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.log.append(line)
            found = phrase.search(line)
            if found:
                return found
        raise RuntimeError(f"{COMMAND} ended with {self.process.wait()} before {phrase.pattern}:\n{''.join(self.log)}")

    def close(self) -> None:
        """Ends the worker."""
        self.process.terminate()
        self.process.wait()
        self._draining.join()
        if self.process.stdout is not None:
            self.process.stdout.close()
        shutil.rmtree(self.folder)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
