package dev.ttsworker.cli;

import dev.ttsworker.voicepack.catalogue.CollectionVoice;
import picocli.CommandLine.ITypeConverter;

/// Option converter for a voice to install: a model id, or a name of the collection, whose accents
/// are left out.
public final class VoiceNameConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    return new ModelIdConverter().convert(CollectionVoice.plain(value));
  }
}
