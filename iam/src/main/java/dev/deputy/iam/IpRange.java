package dev.deputy.iam;

import java.net.InetAddress;
import java.util.Optional;

/** A range of IPv4 or IPv6 addresses, all with the same leading bits. */
final class IpRange {

  private final byte[] address;
  private final int prefix;

  private IpRange(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /** Reads {@code address} or {@code address/prefix}; empty if the text is neither. */
  static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return bytes(text).map(address -> new IpRange(address, address.length * Byte.SIZE));
    }
    String prefix = text.substring(slash + 1);
    if (!prefix.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(prefix);
    return bytes(text.substring(0, slash))
        .filter(address -> bits <= address.length * Byte.SIZE)
        .map(address -> new IpRange(address, bits));
  }

  /** Whether a literal address lies in the range; never for text that is no address. */
  boolean contains(String literal) {
    return bytes(literal).filter(this::sharesPrefix).isPresent();
  }

  private boolean sharesPrefix(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> bytes(String literal) {
    boolean full =
        literal.indexOf(':') >= 0
            ? literal.indexOf('%') < 0 && literal.indexOf('[') < 0
            : literal.chars().filter(c -> c == '.').count() == 3;
    try {
      return full ? Optional.of(InetAddress.ofLiteral(literal).getAddress()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
