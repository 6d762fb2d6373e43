package dev.ttsworker.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Option converter for the path of a file or folder that exists.
final class ExistingPathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    try {
      Path path = Path.of(value);
      if (!value.isBlank() && Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private static TypeConversionException refused(String value) {
    return new TypeConversionException("'" + value + "' is not there; allowed: a file or a folder");
  }
}
