package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpositionTest {
  @Test
  void readsFamiliesLabelsAndNumbers() {
    Exposition page =
        Exposition.parse(
            """
            # HELP a_total Some help
            # TYPE a_total counter
            a_total{x="1",y="a \\"b\\", \\\\ c"} 2.0
            a_total{x="2",y=""} 3.0
            # TYPE b_seconds histogram
            b_seconds_bucket{le="0.5"} 1
            b_seconds_bucket{le="+Inf"} 2
            b_seconds_count 2
            b_seconds_sum 1.5
            """);
    assertEquals("Some help", page.family("a_total").help());
    assertEquals("counter", page.family("a_total").type());
    assertEquals(Set.of("x", "y"), page.family("a_total").labels());
    assertEquals(5, page.sum("a_total"));
    assertEquals(2, page.sum("a_total", "y", "a \"b\", \\ c"));
    assertEquals(Set.of(), page.family("b_seconds").labels());
    assertEquals(1.5, page.sum("b_seconds_sum"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1",
        "# TYPE a counter\na{x=1} 1",
        "# TYPE a counter\na{x=\"1\" y=\"2\"} 1",
        "# TYPE a counter\na 1\na 1",
        "# TYPE a counter\na 1\n# TYPE a counter",
        "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1",
        "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 2",
        "# TYPE a histogram\na 2",
        "<html>"
      })
  void refusesWhatIsNotOfTheFormat(String page) {
    assertThrows(AssertionError.class, () -> Exposition.parse(page));
  }
}
