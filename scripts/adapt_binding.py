#!/usr/bin/env python3
"""Makes a copy of ONNX Runtime's Java binding that fits the ONNX Runtime in a folder.

    scripts/adapt_binding.py FOLDER [--binding FILE]

FOLDER has libonnxruntime.so of another version, perhaps with a version behind the name; libonnxruntime4j_jni.so is
written into it. The folder can then be the worker's engine.native_path. FILE is the binding to copy; default: that of
the worker built here. Linux only. Exit status: 0 written, 1 it cannot be made, 2 wrong arguments.

The binding uses one function, OrtGetApiBase, which all versions share, but asks for it with the mark of its own
version, such as VERS_1.28.0, so that the linker refuses another one. A required mark is a string and its hash (symbol
versioning of the Linux Standard Base); both are replaced. Whether the interface behind it is the same is not checked:
it is from 1.28 on, and the worker refuses older ones.
"""

import argparse
import pathlib
import re
import struct
import sys

BINDING = "libonnxruntime4j_jni.so"
BUILT = pathlib.Path(__file__).resolve().parent.parent / "target/tts-worker/native" / BINDING
MARK = re.compile(rb"\0(VERS_[0-9.]{3,20})(?=\0)")


class CannotAdapt(Exception):
    """Says why there is no binding for a library."""


def mark(library):
    """The first mark of a library; None when it has none."""
    found = MARK.search(library)
    return found and found.group(1)


def system_v_hash(name):
    """The hash of the System V ABI."""
    value = 0
    for byte in name:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value


def adapt(binding, core):
    """A copy of the binding that asks for the mark of the core library; the same bytes when nothing has to change."""
    wanted, there = mark(binding), mark(core)
    if wanted is None or there is None or wanted == there:
        return binding
    asked = system_v_hash(wanted)
    places = [at for at, (word,) in enumerate(words(binding)) if word == asked]
    if len(wanted) != len(there) or len(places) != 1:
        raise CannotAdapt(f"the binding for {wanted.decode()} cannot be made to use {there.decode()}")
    adapted = bytearray(binding)
    name = binding.index(b"\0" + wanted + b"\0") + 1
    adapted[name : name + len(there)] = there
    struct.pack_into("<I", adapted, 4 * places[0], system_v_hash(there))
    return bytes(adapted)


def words(library):
    return struct.iter_unpack("<I", library[: len(library) // 4 * 4])


def core(folder):
    """The libonnxruntime.so of a folder, or the one with a version behind its name."""
    found = sorted(file for file in folder.glob("libonnxruntime.so*") if re.fullmatch(r"[.\d]*", file.name[17:]))
    if not found:
        raise CannotAdapt(f"there is no libonnxruntime.so in {folder}")
    return found[0]


def write(folder, binding=BUILT):
    """Writes the binding into the folder; one that is there already stays as it is (CannotAdapt)."""
    target = folder / BINDING
    if target.exists():
        raise CannotAdapt(f"{target} is there already")
    if not binding.is_file():
        raise CannotAdapt(f"there is no {binding}; build the worker, or name the file by --binding")
    target.write_bytes(adapt(binding.read_bytes(), core(folder).read_bytes()))
    return target


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--binding", type=pathlib.Path, default=BUILT, metavar="FILE")
    options = parser.parse_args()
    try:
        print(write(options.folder, options.binding))
    except (CannotAdapt, OSError) as problem:
        sys.exit(f"adapt_binding: {problem}")


if __name__ == "__main__":
    main()
