package dev.deputy.cli;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Addresses of this machine that no other one can reach. */
final class Loopback {
  private Loopback() {}

  /**
   * The address with a number for the name localhost: agents are given the number, and what they
   * sign has the host in it.
   */
  static @Nullable URI literal(@Nullable URI endpoint) {
    return endpoint != null && "localhost".equalsIgnoreCase(endpoint.getHost())
        ? URI.create(endpoint.toString().replaceFirst("(?i)//localhost", "//127.0.0.1"))
        : endpoint;
  }

  /** Whether the host is localhost or a loopback address; looks no name up. */
  static boolean is(URI endpoint) {
    String host = endpoint.getHost();
    if (host == null) {
      return false;
    }
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
