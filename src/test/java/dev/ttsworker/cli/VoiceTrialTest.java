package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.cli.VoiceTrial.Clip;
import dev.ttsworker.cli.VoiceTrial.Result;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.reader.ConfigLoader;
import dev.ttsworker.config.reader.Overrides;
import dev.ttsworker.fixture.TinyVoices;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Voices of every quality and phoneme type of the collection, made of the tiny one, in a trial.
final class VoiceTrialTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void copy() throws IOException {
    root = folder.resolve("voicepacks");
    TinyVoices.copyLoaded(root);
  }

  @Test
  void speaksWithEveryQualityAndPhonemeType() throws Exception {
    voice("x-low", text -> text.replace("22050", "16000").replace("medium", "x_low"));
    voice(
        "high",
        text -> text.replace("medium", "high").replace("\"espeak\",", "\"PhonemeType.ESPEAK\","));
    voice(
        "text", text -> text.replace("\"phoneme_type\": \"espeak\"", "\"phoneme_type\": \"Text\""));
    voice("de", text -> text.replace("en_US", "de_DE").replace("\"en-us\"", "\"de\""));
    voice(
        "pinyin",
        text -> text.replace("\"phoneme_type\": \"espeak\"", "\"phoneme_type\": \"pinyin\""));
    voice("klingon", text -> text.replace("\"en-us\"", "\"tlh-none\""));
    List<Result> results =
        attempt(
            Long.MAX_VALUE,
            List.of(),
            "piper-x-low",
            "PIPER-high",
            "piper-text",
            "piper-de",
            "piper-tiny-speakers",
            "piper-pinyin",
            "piper-klingon",
            "en_US-lessac-high");
    Result.Spoken low = spoken(results.get(0));
    assertEquals(16_000, low.description().sampleRateHz());
    assertEquals("x_low", low.voicepack().metadata().get("quality"));
    assertTrue(low.seconds() > 1, low::toString);
    assertEquals(22_050, spoken(results.get(1)).description().sampleRateHz());
    assertTrue(spoken(results.get(2)).seconds() > 1);
    assertEquals(
        List.of("Guten Tag, was kann ich für Sie tun?"),
        spoken(results.get(3)).clips().stream().map(Clip::text).limit(1).toList());
    assertTrue(spoken(results.get(4)).description().speakers().size() > 1);
    assertFailed(results.get(5), "Model not found: piper-pinyin");
    assertFailed(results.get(6), "tlh-none");
    assertFailed(results.get(7), "`tts-worker voices install piper-en-us-lessac-high` installs it");
  }

  @Test
  void pageHasTheAudioAndEscapesEveryText() throws Exception {
    String hostile = "<script>alert('a&b')</script> \"quoted\"";
    voice("tiny", text -> text);
    Files.writeString(
        root.resolve("piper/tiny/metadata.yaml"),
        "license: \"<b>free</b>\"\ncommercial_use: \"no\"\nlanguage: en-US\n");
    List<Result> results = attempt(Long.MAX_VALUE, List.of(hostile), "piper-tiny");
    List<Result> all = new ArrayList<>(results);
    all.add(new Result.Failed("piper-<i>", "broken & <gone>"));
    String page = TrialPage.of(all, _ -> 1_234_567, LocalDate.of(2026, 11, 30));
    assertTrue(
        page.contains("&lt;script&gt;alert(&#39;a&amp;b&#39;)&lt;/script&gt; &quot;quoted&quot;"),
        page);
    assertTrue(page.contains("<dt>Licence</dt><dd>&lt;b&gt;free&lt;/b&gt;</dd>"), page);
    assertTrue(page.contains("<dt>Commercial use</dt><dd>no</dd>"), page);
    assertTrue(page.contains("<dt>Size</dt><dd>1.2 MB</dd>"), page);
    assertTrue(page.contains("<strong>piper-&lt;i&gt;</strong>"), page);
    assertTrue(page.contains("<td class=\"failed\">broken &amp; &lt;gone&gt;</td>"), page);
    assertTrue(!page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"), page);
    assertTrue(page.contains("default-src 'none'"), page);
    Matcher audio =
        Pattern.compile("src=\"data:audio/ogg;base64,([A-Za-z0-9+/=]+)\"").matcher(page);
    assertTrue(audio.find());
    byte[] file = Base64.getDecoder().decode(audio.group(1));
    assertEquals("OggS", new String(Arrays.copyOf(file, 4), StandardCharsets.US_ASCII));
    assertTrue(!page.contains("http:") && !page.contains("https:"), page);
  }

  @Test
  void pageIsBounded() {
    List<Result> results = attempt(1, List.of("Hello."), "piper-tiny", "mock-440hz");
    spoken(results.get(0));
    assertFailed(results.get(1), "no more room");
  }

  @Test
  void sentencesAreThreeInEachLanguage() {
    TrialSentences sentences = new TrialSentences();
    assertEquals(21, sentences.languages().size());
    for (String language : sentences.languages()) {
      assertEquals(3, sentences.of(List.of(language)).size(), language);
    }
    assertEquals(sentences.of(List.of("no")), sentences.of(List.of("nb-NO", "nb")));
    assertEquals(sentences.of(List.of("en")), sentences.of(List.of("tlh")));
    assertEquals(sentences.of(List.of("en")), sentences.of(List.of()));
  }

  private void voice(String name, UnaryOperator<String> change) throws IOException {
    Path source = root.resolve("piper/tiny");
    Path target = Files.createDirectories(root.resolve("piper").resolve(name));
    String config = Files.readString(source.resolve("tiny.onnx.json"));
    Files.writeString(target.resolve("tiny.onnx.json"), change.apply(config));
    if (!target.equals(source)) {
      Files.copy(source.resolve("tiny.onnx"), target.resolve("tiny.onnx"));
    }
  }

  private List<Result> attempt(long mostBytes, List<String> texts, String... ids) {
    WorkerConfig config =
        new ConfigLoader(folder, false, Map.of()).load(Optional.empty(), Overrides.none());
    Installation installation =
        new Installation(folder, Path.of(System.getProperty("tts.native.directory")));
    VoiceFolders folders = VoiceFolders.of(root, installation, URI.create("http://127.0.0.1:1/"));
    List<Result> results = new ArrayList<>();
    try (VoiceTrial trial = new VoiceTrial(config, installation, folders, mostBytes)) {
      for (String id : ids) {
        results.add(trial.attempt(id, texts, _ -> {}));
      }
    }
    return results;
  }

  private static Result.Spoken spoken(Result result) {
    if (result instanceof Result.Spoken spoken) {
      assertTrue(spoken.clips().stream().allMatch(clip -> clip.audio().length > 200));
      return spoken;
    }
    throw new AssertionError(result);
  }

  private static void assertFailed(Result result, String reason) {
    if (!(result instanceof Result.Failed failed)) {
      throw new AssertionError(result);
    }
    assertTrue(failed.reason().contains(reason), failed.reason());
  }
}
