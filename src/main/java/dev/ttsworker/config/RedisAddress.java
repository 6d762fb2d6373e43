package dev.ttsworker.config;

import java.util.Optional;

/// Redis address and credentials.
///
/// @param tls whether the connection is encrypted, `rediss://`
/// @param host a name or address; IPv6 without brackets
/// @param port 1..65535
/// @param user empty for the default user of Redis
/// @param password empty for no login
/// @param database number of the database
public record RedisAddress(
    boolean tls,
    String host,
    int port,
    Optional<String> user,
    Optional<String> password,
    int database) {
  public static final int DEFAULT_PORT = 6379;

  public RedisAddress {
    if (host.isEmpty() || port < 1 || port > 65535 || database < 0) {
      throw new IllegalArgumentException("no host, port 1..65535 and database: " + host);
    }
    if (user.isPresent() && password.isEmpty()) {
      throw new IllegalArgumentException("a user without a password");
    }
  }

  /// As a URL, with stars in place of user and password.
  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://")
        + (password.isPresent() ? "***@" : "")
        + (host.contains(":") ? "[" + host + "]" : host)
        + (":" + port)
        + (database == 0 ? "" : "/" + database);
  }
}
