package dev.ttsworker.voicepack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FieldsTest {
  @TempDir Path folder;

  @Test
  void jsonTakesTypesStrictly() {
    Fields fields =
        json("{\"n\": 22050.0, \"q\": \"5\", \"t\": \" a \", \"z\": null, \"l\": [\" \", \"b\"]}");
    assertEquals(22_050, fields.wholeNumber("n", 1, 48_000));
    assertEquals(7, fields.wholeNumber("z", 7, 1, 9));
    assertEquals(Optional.of("a"), fields.text("t"));
    assertEquals(Optional.empty(), fields.text("z"));
    assertEquals(List.of(" ", "b"), fields.strings("l"));
    assertEquals(Set.of(), fields.inner("t").names());
    assertRefused(
        fields, each -> each.wholeNumber("q", 1, 9), "q is \"5\"; allowed: a whole number 1..9");
    assertRefused(fields, each -> each.text("n"), "n is 22050.0; allowed: a string");
    assertRefused(fields, each -> each.map("l"), "l is a list of 2; allowed: an object whose");
    assertRefused(
        fields, each -> each.inner("a").wholeNumber("b", 1, 9), "a.b is missing; allowed: a whole");
  }

  @Test
  void yamlTakesWordsAsTheyAreWritten() {
    Fields fields = yaml("n: '1_0'\nt: 1.0\nl: x\nm:\n- {n: 9.0}\n");
    assertEquals(10, fields.wholeNumber("n", 1, 48_000));
    assertEquals(Optional.of("1.0"), fields.text("t"));
    assertEquals(List.of("x"), fields.texts("l"));
    assertEquals(List.of(), fields.mappings("z", Set.of("n")));
    assertRefused(
        fields,
        each -> each.text("t", Pattern.compile("[a-z]+")),
        "fields.yaml, line 2: t: 1.0; allowed: [a-z]+");
    assertRefused(
        fields,
        each -> each.mappings("m", Set.of("n")).getFirst().wholeNumber("n", 1, 9),
        "line 5: m[0].n: 9.0; allowed: a whole number 1..9");
    assertRefused(
        fields, each -> each.mappings("m", Set.of("o")), "line 5: m[0]: key n; allowed: o");
    assertRefused(fields, each -> each.wholeNumber("z", 1, 9), "z: missing or empty; allowed: a");
  }

  private static void assertRefused(Fields fields, Consumer<Fields> use, String expected) {
    WorkerException thrown = assertThrows(WorkerException.class, () -> use.accept(fields));
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
    assertEquals(
        thrown.getMessage().contains("line ")
            ? ErrorCode.INVALID_CONFIGURATION
            : ErrorCode.INVALID_VOICEPACK,
        thrown.code());
  }

  private Fields json(String text) {
    return Fields.json(Voices.write(folder.resolve("fields.json"), text), 1_000);
  }

  private Fields yaml(String text) {
    Path file = Voices.write(folder.resolve("fields.yaml"), text);
    return Fields.yaml(file, YamlReader.read(file).root(), Set.of("n", "t", "l", "m", "z"));
  }
}
