package dev.ttsworker.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Same-origin guard against CSRF and DNS rebinding: pages of other sites, open in a browser that
/// can reach this worker, must not use it. They can neither forge `Origin` and `Sec-Fetch-Site`,
/// nor send JSON without a preflight, which is never allowed. DNS rebinding shows in the host name:
/// only addresses, names without a dot, which nobody can register, and the worker's configured
/// names are accepted.
final class SameOriginGuard {
  private static final int FORBIDDEN = 403;
  private static final int WRONG_TYPE = 415;
  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^\\s:\\[\\]/]+)(:\\d+)?");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]+(\\.[0-9]+){3}");

  /// Every request that a page can cause carries at least one of them.
  private static final List<String> BROWSER_HEADERS =
      List.of("Origin", "Referer", "Accept-Language", "Sec-Fetch-Site", "Sec-Fetch-Mode");

  private final Set<String> names;

  /// @param names of this worker, in addition to addresses and names without a dot
  SameOriginGuard(Set<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /// Guard for a worker's configured names.
  ///
  /// @param host `metrics.host`
  static SameOriginGuard of(String host, WorkerView view) {
    Set<String> names = new HashSet<>(Set.of(host));
    view.advertisedAddress().map(address -> URI.create(address).getHost()).ifPresent(names::add);
    return new SameOriginGuard(names);
  }

  /// Checks the host name that a browser used; other programs may use any, such as a cluster's.
  ///
  /// @throws HttpError 403
  void checkBrowser(Headers request) {
    if (BROWSER_HEADERS.stream().anyMatch(request::containsKey)) {
      checkHost(request);
    }
  }

  /// Checks the host name of a request.
  ///
  /// @throws HttpError 403
  void checkHost(Headers request) {
    String host = request.getFirst("Host");
    if (host == null || !isTrustedHost(host.toLowerCase(Locale.ROOT))) {
      throw new HttpError(
          FORBIDDEN,
          "This name is not known to be the worker's: use its address, or set metrics.host or"
              + " worker.advertise_addr");
    }
  }

  private boolean isTrustedHost(String host) {
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1);
    return ADDRESS.matcher(name).matches()
        || name.indexOf('.') < 0
        || name.endsWith(".localhost")
        || names.contains(name);
  }

  /// Checks that a request with side effects comes from this worker's page or from no page.
  ///
  /// @throws HttpError 403, or 415 when its body is not declared as JSON
  void checkOrigin(Headers request) {
    checkHost(request);
    String host = request.getFirst("Host");
    boolean foreign =
        request.getOrDefault("Origin", List.of()).stream()
            .anyMatch(origin -> !authority(origin).equalsIgnoreCase(host));
    String from = request.getFirst("Sec-Fetch-Site");
    if (foreign || !(from == null || from.equals("same-origin"))) {
      throw new HttpError(FORBIDDEN, "Only the worker's own page may do this");
    }
    if (!isJson(request.getFirst("Content-Type"))) {
      throw new HttpError(WRONG_TYPE, "Content-Type must be application/json");
    }
  }

  private static boolean isJson(@Nullable String type) {
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  /// Host and port of an origin; empty for `null` and malformed ones.
  private static String authority(String origin) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (URISyntaxException malformed) {
      // An unknown origin, which is rejected.
      return "";
    }
  }
}
