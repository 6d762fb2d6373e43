package dev.ttsworker.voicepack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ModelIdsTest {
  @Test
  void idIsLowerCaseWithoutTheSpacesAroundIt() {
    for (String text : IdTable.legal()) {
      assertEquals(IdTable.ID, ModelIds.normalise(text));
      assertEquals(Optional.empty(), ModelIds.malformed("model_id", text));
    }
    assertEquals("", ModelIds.normalise("  "));
  }

  @Test
  void whatIsNoIdIsToldWithFieldEscapedValueAndWhatIsAllowed() {
    assertTrue(IdTable.illegal().size() > 40);
    for (String text : IdTable.illegal()) {
      String told = ModelIds.malformed("model_id", text).orElse("");
      assertTrue(told.startsWith("model_id \""), told);
      assertTrue(told.endsWith("\" is not allowed; allowed: " + ModelIds.ALLOWED), told);
      assertTrue(told.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '…'), told);
      assertFalse(ModelIds.isValid(ModelIds.normalise(text)), told);
    }
    assertTrue(ModelIds.malformed("x", "piper-k\n").orElse("").startsWith("x \"piper-k\\u000a\""));
  }

  @Test
  void idsAreNeverPaths() {
    assertTrue(ModelIds.isValid("piper-en_us-joe.1"));
    for (String bad : List.of("", "../x", "a/b", ".a", "-a", "a\\b", "a b", "a\u0000", "ä")) {
      assertFalse(ModelIds.isValid(bad), bad);
    }
    assertTrue(ModelIds.isValid("a".repeat(128)));
    assertFalse(ModelIds.isValid("a".repeat(129)));
  }

  @Test
  void misspeltIdsAreToldTheNearestThree() {
    List<String> installed =
        List.of("piper-joe", "piper-jo", "piper-joey", "piper-jimmy", "mock-440hz");
    assertEquals(
        List.of("piper-jo", "piper-joe", "piper-joey"),
        ModelIds.nearMatches("piper-jo", installed));
    assertEquals(
        "Model not found: piper-xyzxyz; installed: mock-440hz, piper-jimmy, piper-jo, piper-joe,"
            + " piper-joey",
        ModelIds.notFound("piper-xyzxyz", installed));
    assertEquals(
        "Model not found: pipr-joe; did you mean piper-joe; installed: piper-joe",
        ModelIds.notFound("pipr-joe", List.of("piper-joe")));
  }

  @Test
  void idThatIsMisspeltByWhatCannotBeSeenIsToldTheNearest() {
    assertEquals(
        "Model not found: model_id \"piper-joe\\u000a\" is not allowed; allowed: "
            + ModelIds.ALLOWED
            + "; did you mean piper-joe; installed: piper-joe",
        ModelIds.notFound("piper-joe\n", List.of("piper-joe")));
  }

  /// A megabyte of spaces must not cost a client's worth of time.
  @Test
  void spacesAreReadOnce() {
    String spaces = " ".repeat(1 << 20);
    assertEquals("a", ModelIds.normalise(spaces + "A" + spaces));
    assertTrue(ModelIds.notFound(spaces + "a" + spaces, List.of()).length() < 1_000);
    assertTrue(ModelIds.notFound("a" + spaces + "a", List.of()).length() < 1_000);
  }

  @Test
  void messagesStayShort() {
    List<String> many = IntStream.range(0, 999).mapToObj(i -> "a".repeat(100) + i).toList();
    String message = ModelIds.notFound("a".repeat(100) + "\n\ud800" + "b".repeat(1 << 20), many);
    assertTrue(message.length() < 1_000, message);
    assertTrue(message.contains("more"), message);
    assertTrue(ModelIds.notFound("a".repeat(101), many).length() < 1_000);
  }
}
