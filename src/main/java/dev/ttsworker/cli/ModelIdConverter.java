package dev.ttsworker.cli;

import dev.ttsworker.voicepack.ModelIds;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Option converter for a model id. Whether it is installed shows later.
public final class ModelIdConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    Optional<String> malformed = ModelIds.malformed("model id", value);
    if (malformed.isPresent()) {
      throw new TypeConversionException(malformed.get());
    }
    return value;
  }

  /// As [ModelIdConverter], where nothing stands for the default model.
  static final class OrDefault implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return ModelIds.normalise(value).isEmpty() ? "" : new ModelIdConverter().convert(value);
    }
  }
}
