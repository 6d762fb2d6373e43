#!/usr/bin/env python3
"""Tests of scripts/adapt_binding.py; AdaptBindingTest runs them."""

import pathlib
import struct
import tempfile
import unittest

import adapt_binding
from adapt_binding import CannotAdapt, adapt, system_v_hash

OURS, OTHER = b"VERS_1.28.0", b"VERS_1.31.1"


def library(version, *hashes):
    return b"\x7fELF" + struct.pack(f"<{len(hashes)}I", *hashes) + b"\0" + version + b"\0" + b"\0" * 8


class AdaptBindingTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.binding = library(OURS, system_v_hash(OURS))

    def test_hash_is_that_of_the_abi(self):
        self.assertEqual(0x09691A75, system_v_hash(b"GLIBC_2.2.5"), "as readelf -V shows it")

    def test_binding_asks_for_the_version_that_is_there(self):
        self.assertEqual(library(OTHER, system_v_hash(OTHER)), adapt(self.binding, library(OTHER)))

    def test_same_version_or_none_stays_as_it_is(self):
        self.assertEqual(self.binding, adapt(self.binding, self.binding))
        self.assertEqual(self.binding, adapt(self.binding, library(b"none")))

    def test_what_cannot_be_adapted_is_refused(self):
        once = system_v_hash(OURS)
        for binding, core in (
            (self.binding, library(b"VERS_1.128.0")),
            (library(OURS, 4711), library(OTHER)),
            (library(OURS, once, once), library(OTHER)),
        ):
            with self.assertRaisesRegex(CannotAdapt, r"VERS_1\.28\.0 cannot be made to use VERS_1\."):
                adapt(binding, core)

    def test_folder_gets_the_binding_once(self):
        file = self.folder / "ours.so"
        file.write_bytes(self.binding)
        with self.assertRaisesRegex(CannotAdapt, "no libonnxruntime.so in"):
            adapt_binding.write(self.folder, file)
        (self.folder / "libonnxruntime.so.1.31.1").write_bytes(library(OTHER))
        with self.assertRaisesRegex(CannotAdapt, "there is no .*none.so; build the worker"):
            adapt_binding.write(self.folder, self.folder / "none.so")
        written = adapt_binding.write(self.folder, file)
        self.assertEqual(self.folder / "libonnxruntime4j_jni.so", written)
        self.assertEqual(library(OTHER, system_v_hash(OTHER)), written.read_bytes())
        with self.assertRaisesRegex(CannotAdapt, "is there already"):
            adapt_binding.write(self.folder, file)


if __name__ == "__main__":
    unittest.main()
