package dev.ttsworker.registration;

import dev.ttsworker.config.WorkerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Advertised address of the worker. Not thread-safe.
final class AdvertisedAddress {
  private static final Logger LOG = LoggerFactory.getLogger(AdvertisedAddress.class);

  private final WorkerSettings settings;
  private final int port;
  private String found = "";

  /// @param port where the worker listens
  AdvertisedAddress(WorkerSettings settings, int port) {
    this.settings = settings;
    this.port = port;
  }

  /// `worker.advertise_addr`, or this machine's host name and the port. The first call resolves the
  /// name, which may take seconds if the name service does not answer.
  ///
  /// @throws UnknownHostException when it is not configured and this machine's name is unknown
  String find() throws UnknownHostException {
    if (found.isEmpty()) {
      found =
          settings.advertiseAddress().isPresent()
              ? settings.advertiseAddress().get()
              : "grpc://" + hostName() + ":" + port;
    }
    return found;
  }

  private static String hostName() throws UnknownHostException {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      if (name.equals("localhost")) {
        LOG.warn(
            "This machine is called localhost: other machines cannot reach what is registered;"
                + " set worker.advertise_addr");
      }
      return name;
    } catch (UnknownHostException e) {
      UnknownHostException named =
          new UnknownHostException(
              "the name of this machine does not resolve; set worker.advertise_addr");
      named.initCause(e);
      throw named;
    }
  }
}
