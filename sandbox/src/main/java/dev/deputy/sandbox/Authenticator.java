package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deputy.sandbox.Identity.AwsService;
import dev.deputy.sandbox.Identity.RoleSession;
import dev.deputy.sandbox.Identity.Root;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds out who sent a request by verifying its Signature Version 4. Thread-safe. */
final class Authenticator {
  /** How far a request's time may lie from ours. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  private static final String TERMINATOR = "aws4_request";

  /** A proven sender and the service and region that its signature is for. */
  record Sender(Identity identity, String accessKeyId, String region, String service) {}

  private final Keys keys;
  private final Directory directory;
  private final Clock clock;

  Authenticator(Keys keys, Directory directory, Clock clock) {
    this.keys = keys;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Verifies one request.
   *
   * @throws AwsException when it is not proven, in the code and words of its protocol
   */
  Sender authenticate(WireRequest request) {
    Protocol protocol = request.protocol();
    Authorization authorization = authorization(request);
    Instant signed = signingTime(request);
    requireSignedHeaders(request, authorization);
    Keys.Held held = held(request, authorization);
    requireFresh(protocol, signed);
    requireScope(protocol, authorization, signed);
    requireSignature(request, authorization, signed, held.key());
    if (held.expired(clock.instant())) {
      throw AuthenticationFault.EXPIRED.in(
          protocol, "The security token included in the request is expired");
    }
    if (!exists(held.identity())) {
      throw unknownKey(protocol);
    }
    return new Sender(
        held.identity(), held.key().id(), authorization.region(), authorization.service());
  }

  private static Authorization authorization(WireRequest request) {
    Optional<String> header = request.header("authorization");
    if (header.isEmpty()) {
      throw AuthenticationFault.MISSING.in(
          request.protocol(), "Request is missing Authentication Token");
    }
    try {
      return Authorization.parse(header.get());
    } catch (IllegalArgumentException e) {
      throw AuthenticationFault.INCOMPLETE.in(request.protocol(), String.valueOf(e.getMessage()));
    }
  }

  private static Instant signingTime(WireRequest request) {
    String text = request.header("x-amz-date").orElse("");
    try {
      return LocalDateTime.parse(text, Signature.TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw AuthenticationFault.INCOMPLETE.in(
          request.protocol(),
          text.isEmpty()
              ? "Authorization header requires existence of an 'X-Amz-Date' header."
              : "Date must be in ISO-8601 'basic format'. Got '%s'.".formatted(text));
    }
  }

  /** What AWS calls the sender by must be signed, so that it cannot be changed on the way. */
  private static void requireSignedHeaders(WireRequest request, Authorization authorization) {
    List<String> signed = authorization.signedHeaders();
    if (!signed.equals(List.copyOf(new TreeSet<>(signed)))) {
      throw AuthenticationFault.MISMATCH.in(
          request.protocol(), "'SignedHeaders' must be lower case, sorted and without repetition.");
    }
    if (!signed.contains("host")) {
      throw AuthenticationFault.MISMATCH.in(
          request.protocol(),
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (WireRequest.Header header : request.headers()) {
      if (header.name().startsWith("x-amz-") && !signed.contains(header.name())) {
        throw AuthenticationFault.MISMATCH.in(
            request.protocol(),
            "'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(header.name()));
      }
    }
    for (String name : signed) {
      if (request.values(name).isEmpty()) {
        throw AuthenticationFault.MISMATCH.in(
            request.protocol(), "The signed header '%s' is missing.".formatted(name));
      }
    }
  }

  private Keys.Held held(WireRequest request, Authorization authorization) {
    Optional<Keys.Held> held = keys.find(authorization.accessKeyId());
    List<String> tokens = request.values("x-amz-security-token");
    if (held.isPresent()) {
      Optional<String> needed = held.get().key().sessionToken();
      boolean right =
          needed
              .map(token -> tokens.size() == 1 && equal(token, tokens.getFirst()))
              .orElse(tokens.isEmpty());
      if (right) {
        return held.get();
      }
    }
    throw unknownKey(request.protocol());
  }

  private static AwsException unknownKey(Protocol protocol) {
    return AuthenticationFault.UNKNOWN_KEY.in(
        protocol, "The security token included in the request is invalid.");
  }

  /** The sessions of a role end when it is deleted. */
  private boolean exists(Identity identity) {
    return switch (identity) {
      case Root _ -> true;
      case AwsService _ -> false;
      case RoleSession session -> directory.role(session.role()).isPresent();
    };
  }

  private void requireFresh(Protocol protocol, Instant signed) {
    Instant now = clock.instant();
    Instant earliest = now.minus(WINDOW);
    Instant latest = now.plus(WINDOW);
    if (signed.isBefore(earliest)) {
      throw AuthenticationFault.MISMATCH.in(
          protocol,
          "Signature expired: %s is now earlier than %s (%s - 15 min.)"
              .formatted(
                  Signature.TIME.format(signed),
                  Signature.TIME.format(earliest),
                  Signature.TIME.format(now)));
    }
    if (signed.isAfter(latest)) {
      throw AuthenticationFault.MISMATCH.in(
          protocol,
          "Signature not yet current: %s is still later than %s (%s + 15 min.)"
              .formatted(
                  Signature.TIME.format(signed),
                  Signature.TIME.format(latest),
                  Signature.TIME.format(now)));
    }
  }

  private static void requireScope(Protocol protocol, Authorization authorization, Instant signed) {
    String day = Signature.TIME.format(signed).substring(0, 8);
    if (!authorization.date().equals(day)) {
      throw AuthenticationFault.MISMATCH.in(
          protocol,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'."
                  .formatted(authorization.date(), day, Signature.TIME.format(signed)));
    }
    if (!authorization.terminator().equals(TERMINATOR)) {
      throw AuthenticationFault.MISMATCH.in(
          protocol,
          "Credential should be scoped with a valid terminator: '%s', not '%s'."
              .formatted(TERMINATOR, authorization.terminator()));
    }
    if (!authorization.region().matches("(?!cn-)[a-z]{2}-[a-z]{4,9}-\\d")) {
      throw AuthenticationFault.MISMATCH.in(
          protocol, "Credential should be scoped to a valid region.");
    }
  }

  private static void requireSignature(
      WireRequest request, Authorization authorization, Instant signed, AccessKey key) {
    String body = CanonicalRequest.sha256(request.body());
    boolean bodyAsSaid =
        request.values("x-amz-content-sha256").stream()
            .allMatch(
                said -> said.equals(body) || (request.isS3() && CanonicalRequest.isNoHash(said)));
    String expected = Signature.of(request, authorization, signed, key.secret());
    if (!bodyAsSaid || !equal(expected, authorization.signature())) {
      throw AuthenticationFault.MISMATCH.in(
          request.protocol(),
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service"
              + " documentation for details.");
    }
  }

  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
