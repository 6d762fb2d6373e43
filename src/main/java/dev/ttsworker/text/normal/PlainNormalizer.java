package dev.ttsworker.text.normal;

/// For languages without rules: the text as it is.
final class PlainNormalizer implements Normalizer {
  @Override
  public Spoken normalize(String text) {
    Output output = new Output(new Source(text));
    output.keep(0, text.length());
    return output.spoken();
  }
}
