package dev.ttsworker.config.reader;

import dev.ttsworker.config.RedisAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Redis URL parser. `java.net.URI` does not: it knows no host with an underscore, as services of
/// Compose may have.
public final class RedisUrl {
  /// What is allowed, for messages.
  public static final String ALLOWED =
      "redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE], or rediss://…";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>rediss?)://"
              + "(?:(?<user>[^:@/\\s]*):(?<password>[^@/\\s]+)@)?"
              + "(?:\\[(?<literal>[0-9a-fA-F:.]{2,45})]|(?<host>[A-Za-z0-9._-]{1,253}))"
              + "(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<database>[0-9]{1,5})?)?");

  private RedisUrl() {}

  /// Empty when the text is not such an address. What stands before the `@` may be percent-encoded,
  /// and must be where it has an `@`, `/`, `%` or, in the user, a colon.
  public static Optional<RedisAddress> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<String> literal = Optional.ofNullable(form.group("literal"));
    try {
      return Optional.of(
          new RedisAddress(
              form.group("scheme").equals("rediss"),
              literal.orElseGet(() -> form.group("host")),
              number(form.group("port"), RedisAddress.DEFAULT_PORT),
              decoded(form.group("user")).filter(user -> !user.isEmpty()),
              decoded(form.group("password")),
              number(form.group("database"), 0)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static Optional<String> decoded(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
  }
}
