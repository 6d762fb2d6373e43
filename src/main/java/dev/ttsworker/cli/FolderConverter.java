package dev.ttsworker.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Option converter for the path of a folder, which need not exist yet.
final class FolderConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    try {
      Path folder = Path.of(value);
      if (!value.isBlank() && (!Files.exists(folder) || Files.isDirectory(folder))) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private static TypeConversionException refused(String value) {
    return new TypeConversionException("'" + value + "' is not allowed; allowed: a folder");
  }
}
