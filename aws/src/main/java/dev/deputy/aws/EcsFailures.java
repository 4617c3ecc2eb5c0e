package dev.deputy.aws;

import dev.deputy.core.FailureClass;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sorts what ECS answers into Deputy's closed set, once. Sources: the ECS API reference and its
 * pages on stopped tasks.
 */
final class EcsFailures {
  /** Throttling comes with status 400, so the code decides, not the status. */
  private static final Set<String> THROTTLES =
      Set.of(
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottled",
          "RequestLimitExceeded",
          "TooManyRequestsException");

  private static final Set<String> DENIALS =
      Set.of(
          "AccessDeniedException",
          "AccessDenied",
          "UnrecognizedClientException",
          "ExpiredTokenException",
          "InvalidSignatureException",
          "IncompleteSignature",
          "MissingAuthenticationToken");

  private EcsFailures() {}

  static FailureClass classify(SdkException failure) {
    if (!(failure instanceof AwsServiceException service) || service.awsErrorDetails() == null) {
      return FailureClass.TRANSIENT;
    }
    String code = String.valueOf(service.awsErrorDetails().errorCode());
    String message = String.valueOf(service.awsErrorDetails().errorMessage());
    if (isThrottle(code)) {
      return FailureClass.THROTTLED;
    }
    if (DENIALS.contains(code)) {
      return FailureClass.ACCESS;
    }
    if (isCapacity(message)) {
      return FailureClass.CAPACITY;
    }
    return service.statusCode() >= 500 ? FailureClass.TRANSIENT : FailureClass.MISCONFIGURED;
  }

  static boolean isThrottle(String code) {
    return THROTTLES.contains(code);
  }

  /** {@code failures[].reason} of RunTask. */
  static FailureClass classifyPlacement(@Nullable String reason) {
    if (reason == null) {
      return FailureClass.UNKNOWN;
    }
    if (reason.startsWith("RESOURCE:") || reason.equals("AGENT") || isCapacity(reason)) {
      return FailureClass.CAPACITY;
    }
    return switch (reason) {
      case "ATTRIBUTE", "MISSING", "INACTIVE", "LOCATION" -> FailureClass.MISCONFIGURED;
      default -> FailureClass.UNKNOWN;
    };
  }

  static FailureClass classifyStop(@Nullable String stopCode, String reason) {
    if (reason.contains("CannotPullContainerError")
        || reason.contains("CannotPullImageManifestError")) {
      return FailureClass.IMAGE_PULL;
    }
    if (isCapacity(reason)) {
      return FailureClass.CAPACITY;
    }
    return switch (stopCode == null ? "" : stopCode) {
      case "SpotInterruption", "TerminationNotice", "InfrastructureHealth" ->
          FailureClass.TRANSIENT;
      case "TaskFailedToStart" ->
          reason.contains("network interface provisioning")
              ? FailureClass.TRANSIENT
              : FailureClass.MISCONFIGURED;
      default -> FailureClass.TASK_DIED;
    };
  }

  static boolean saysTaskIsGone(AwsServiceException failure) {
    return String.valueOf(failure.getMessage()).contains("The referenced task was not found");
  }

  /** AWS's own words, without the SDK's decoration. */
  static String words(SdkException failure) {
    if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return service.awsErrorDetails().errorCode()
          + ": "
          + service.awsErrorDetails().errorMessage();
    }
    return String.valueOf(failure.getMessage());
  }

  private static boolean isCapacity(String words) {
    return words.contains("Capacity is unavailable")
        || words.contains("limit on the number of vCPUs")
        || words.contains("PROVISIONING");
  }
}
