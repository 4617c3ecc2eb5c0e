package dev.deputy.cli;

import java.net.InetAddress;
import java.net.URI;

/** Addresses of this machine that no other one can reach. */
final class Loopback {
  private Loopback() {}

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
