package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.Headers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which requests may use the page.
final class SameOriginGuardTest {
  private static final String JSON = "application/json";

  private final SameOriginGuard site = new SameOriginGuard(Set.of("TTS.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9090",
        "10.1.2.3",
        "[::1]:9090",
        "localhost:9090",
        "tts_worker-0:9090",
        "LOCALHOST",
        "tts.localhost:1",
        "tts.example.org:9090"
      })
  void ownNamesAreAccepted(String host) {
    site.checkHost(headers(host));
    site.checkOrigin(headers(host, "Content-Type", JSON, "Origin", "http://" + host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9090",
        "127.0.0.1.evil.example",
        "localhost.",
        "evil.example/localhost",
        "[::1].evil.example",
        "a:b:c",
        ""
      })
  void othersAreRefused(String host) {
    assertRefused(403, () -> site.checkHost(headers(host)));
  }

  @Test
  void requestWithoutAHostIsRefused() {
    assertRefused(403, () -> site.checkHost(new Headers()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://localhost:9091",
        "http://localhost",
        "null",
        "",
        "http://localhost:9090.evil.example",
        "%"
      })
  void foreignOriginIsRefused(String origin) {
    assertRefused(
        403,
        () -> site.checkOrigin(headers("localhost:9090", "Content-Type", JSON, "Origin", origin)));
  }

  @Test
  void crossSiteRequestIsRefused() {
    for (String from : new String[] {"cross-site", "same-site", "none"}) {
      assertRefused(
          403,
          () ->
              site.checkOrigin(headers("localhost", "Content-Type", JSON, "Sec-Fetch-Site", from)));
    }
    site.checkOrigin(
        headers("localhost", "Content-Type", JSON + "; a=b", "Sec-Fetch-Site", "same-origin"));
  }

  @Test
  void onlyJsonIsAccepted() {
    assertRefused(415, () -> site.checkOrigin(headers("localhost")));
    assertRefused(415, () -> site.checkOrigin(headers("localhost", "Content-Type", "text/plain")));
    site.checkOrigin(headers("localhost", "Content-Type", JSON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Origin", "Referer", "Accept-Language", "Sec-Fetch-Site", "Sec-Fetch-Mode"})
  void onlyBrowsersNeedANameOfTheWorker(String sign) {
    site.checkBrowser(headers("tts.monitoring.svc:9090", "User-Agent", "Prometheus/3.5.0"));
    site.checkBrowser(headers("localhost:9090", sign, "x"));
    assertRefused(403, () -> site.checkBrowser(headers("evil.example:9090", sign, "x")));
  }

  private static void assertRefused(int status, Runnable check) {
    assertEquals(status, assertThrows(HttpError.class, check::run).status());
  }

  private static Headers headers(String host, String... more) {
    Headers headers = new Headers();
    headers.set("Host", host);
    for (int i = 0; i < more.length; i += 2) {
      headers.set(more[i], more[i + 1]);
    }
    return headers;
  }
}
