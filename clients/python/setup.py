"""Generates the messages while the package is built; everything else is in pyproject.toml."""

import pathlib
import shutil
from typing import Any

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

HERE = pathlib.Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
SOURCES = HERE / "src"


def contract() -> pathlib.Path:
    """The folder of tts.proto: in a checkout the worker's own, in a source package the copy in it."""
    for folder in (CHECKOUT / "proto", HERE / "proto"):
        if (folder / "tts.proto").is_file():
            return folder
    raise SystemExit(f"tts.proto is missing; expected in {CHECKOUT / 'proto'} or {HERE / 'proto'}")


def generate(root: pathlib.Path) -> None:
    """Writes tts_pb2 and status_pb2 with their types into the package below a folder."""
    from grpc_tools import protoc

    # The name inside the descriptor stays tts.proto: a program may have messages of its own from the same file.
    for include, name, target in (
        (contract(), "tts.proto", root / "tts_worker"),
        (SOURCES, "tts_worker/status.proto", root),
    ):
        well_known = pathlib.Path(protoc.__file__).parent / "_proto"
        arguments = ["protoc", f"-I{include}", f"-I{well_known}", f"--python_out={target}", f"--pyi_out={target}", name]
        if protoc.main(arguments) != 0:
            raise SystemExit(f"{include / name} could not be compiled")


class BuildWithMessages(build_py):
    """Copies the package, then generates; in an editable install next to the sources."""

    def run(self) -> None:
        super().run()
        generate(SOURCES if self.editable_mode else pathlib.Path(self.build_lib))


class SdistWithContract(sdist):
    """A source package carries the contract and the license, which lie outside of this folder."""

    def make_release_tree(self, base_dir: str, files: Any) -> None:
        super().make_release_tree(base_dir, files)
        target = pathlib.Path(base_dir)
        (target / "proto").mkdir(exist_ok=True)
        shutil.copy(contract() / "tts.proto", target / "proto")
        for folder in (CHECKOUT, HERE):
            if (folder / "LICENSE").is_file():
                shutil.copy(folder / "LICENSE", target)
                break


setup(cmdclass={"build_py": BuildWithMessages, "sdist": SdistWithContract})
