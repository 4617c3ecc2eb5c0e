package dev.deputy.fleet;

import static java.time.ZoneOffset.UTC;

import dev.deputy.protocol.AgentMessage.Register;
import dev.deputy.protocol.ControllerMessage.Challenge;
import dev.deputy.protocol.IdentityProof;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The headers of a signed GetCallerIdentity, as far as they can be judged without STS: made for
 * this controller, this nonce and this key, just now, and nothing else in them. Pure.
 */
final class IdentityClaim {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=[A-Z0-9]{16,128}/(?<date>[0-9]{8})/[a-z0-9-]{1,40}/"
              + "(?<service>[a-z0-9-]{1,40})/aws4_request, ?"
              + "SignedHeaders=(?<names>[a-z0-9;-]{1,1000}), ?Signature=[0-9a-f]{64}");
  private static final Pattern VISIBLE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:-]{1,255}");
  private static final Pattern KEY = Pattern.compile("MCowBQYDK2VwAyEA[A-Za-z0-9_-]{43}");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final Set<String> ALLOWED = allowed();

  private IdentityClaim() {}

  /** What is wrong with it, for the audit log (it repeats no value); empty where nothing is. */
  static Optional<String> fault(
      Register register, Challenge challenge, Instant now, Duration clockSkew) {
    Map<String, String> headers = register.signedHeaders();
    if (!ALLOWED.containsAll(headers.keySet())) {
      return Optional.of("a header that does not belong there");
    }
    if (!headers.keySet().containsAll(IdentityProof.SIGNED_HEADERS)) {
      return Optional.of("a header is missing");
    }
    if (!headers.values().stream().allMatch(value -> VISIBLE.matcher(value).matches())) {
      return Optional.of("a header with characters that do not belong there");
    }
    if (!HOST.matcher(headers.getOrDefault("host", "")).matches()) {
      return Optional.of("the host is none");
    }
    if (!IdentityProof.CONTENT_TYPE.equals(headers.get("content-type"))) {
      return Optional.of("another content type");
    }
    return binding(register, challenge).or(() -> signature(headers, now, clockSkew));
  }

  private static Optional<String> binding(Register register, Challenge challenge) {
    Map<String, String> headers = register.signedHeaders();
    if (!same(headers, IdentityProof.SERVER_HEADER, challenge.serverId())) {
      return Optional.of("made for another controller");
    }
    if (!same(headers, IdentityProof.NONCE_HEADER, challenge.nonce())) {
      return Optional.of("made for another nonce");
    }
    if (!KEY.matcher(register.publicKey()).matches()
        || !same(headers, IdentityProof.KEY_HEADER, register.publicKey())) {
      return Optional.of("made for another key");
    }
    return Optional.empty();
  }

  private static Optional<String> signature(
      Map<String, String> headers, Instant now, Duration clockSkew) {
    Matcher authorization = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
    if (!authorization.matches()) {
      return Optional.of("the authorization is not of the one form that is taken");
    }
    if (!authorization.group("service").equals("sts")) {
      return Optional.of("signed for another service than STS");
    }
    List<String> names = Arrays.asList(authorization.group("names").split(";", -1));
    if (!names.containsAll(IdentityProof.SIGNED_HEADERS)) {
      return Optional.of("a header that must be signed is not");
    }
    if (new HashSet<>(names).size() != names.size() || !headers.keySet().containsAll(names)) {
      return Optional.of("signed headers that are not there");
    }
    String timestamp = headers.getOrDefault("x-amz-date", "");
    if (!timestamp.startsWith(authorization.group("date"))) {
      return Optional.of("the date differs from the credential's scope");
    }
    return date(timestamp, now, clockSkew);
  }

  private static Optional<String> date(String timestamp, Instant now, Duration clockSkew) {
    try {
      Instant signed = LocalDateTime.parse(timestamp, TIMESTAMP).toInstant(UTC);
      return Duration.between(signed, now).abs().compareTo(clockSkew) > 0
          ? Optional.of("signed more than " + clockSkew.toMinutes() + " minutes from now")
          : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.of("the date is none");
    }
  }

  private static boolean same(Map<String, String> headers, String name, String expected) {
    return Tokens.same(headers.getOrDefault(name, ""), expected);
  }

  private static Set<String> allowed() {
    Set<String> names = new HashSet<>(IdentityProof.SIGNED_HEADERS);
    names.addAll(Set.of("authorization", "x-amz-content-sha256"));
    return Set.copyOf(names);
  }
}
