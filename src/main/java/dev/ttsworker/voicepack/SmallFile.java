package dev.ttsworker.voicepack;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Bounded file reader, for files that people write and that may hold anything.
public final class SmallFile {
  private SmallFile() {}

  /// The whole file.
  ///
  /// @throws IOException also when it is not a regular file (a pipe would block for ever) or holds
  ///   more than `maxBytes`
  public static byte[] read(Path file, int maxBytes) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] content = input.readNBytes(maxBytes + 1);
      if (content.length > maxBytes) {
        throw new IOException("larger than " + maxBytes + " bytes");
      }
      return content;
    }
  }

  /// Why a file operation failed, on one line and without the path.
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file";
      case FileNotFoundException missing -> "no such file";
      case AccessDeniedException denied -> "permission denied";
      case CharacterCodingException encoding -> "not UTF-8";
      case FileSystemException other when other.getReason() != null ->
          Printable.printable(String.valueOf(other.getReason()), 200);
      default -> Printable.printable(String.valueOf(e.getMessage()), 200);
    };
  }
}
