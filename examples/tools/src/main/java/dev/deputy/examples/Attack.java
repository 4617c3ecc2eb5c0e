package dev.deputy.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Tries, with an unmodified AWS SDK, what a step must not be able to do. Exit status 0 means
 * refused, with AWS's words printed; 1 means that the attack worked.
 */
public final class Attack {
  private static final Set<String> REFUSALS =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "ExpiredToken",
          "ExpiredTokenException");

  private Attack() {}

  /** See {@code usage}. */
  public static void main(String[] arguments) throws IOException {
    String name = arguments.length == 0 ? "" : arguments[0];
    String target = arguments.length < 2 ? "" : arguments[1];
    switch (name + "/" + arguments.length) {
      case "assume-role/2" -> refused("assuming " + target, () -> assumeRole(target));
      case "run-task/3" -> refused("running " + target, () -> runTask(target, arguments[2]));
      case "read-parameter/2" -> refused("reading " + target, () -> readParameter(target));
      case "tampered-signature/1" ->
          refused("a call with a tampered signature", Attack::tamperedSignature);
      case "expired-token/1" -> refused("a call with an expired token", Attack::expiredToken);
      case "task-role/2" -> TaskRoleAttack.run(target);
      default -> {
        System.err.println(
            "usage: deputy-example-attack assume-role ROLE | run-task TASK-DEFINITION CLUSTER |"
                + " read-parameter ARN | tampered-signature | expired-token | task-role NAME");
        System.exit(64);
      }
    }
  }

  private static void refused(String what, Callable<String> attack) {
    try {
      System.out.println("NOT REFUSED: " + what + " gave " + attack.call());
      System.exit(1);
    } catch (AwsServiceException e) {
      String code =
          e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
      if (!REFUSALS.contains(code)) {
        System.out.println("FAILED OTHERWISE: " + what + ": " + e.getMessage());
        System.exit(1);
      }
      System.out.println(
          "refused: " + what + ": " + code + ": " + e.awsErrorDetails().errorMessage());
    } catch (Exception e) {
      System.out.println("FAILED OTHERWISE: " + what + ": " + e);
      System.exit(1);
    }
  }

  private static String assumeRole(String role) {
    try (StsClient sts =
        StsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      return sts.assumeRole(call -> call.roleArn(role).roleSessionName("attack"))
          .assumedRoleUser()
          .arn();
    }
  }

  private static String runTask(String taskDefinition, String cluster) {
    try (EcsClient ecs =
        EcsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      return ecs.runTask(call -> call.taskDefinition(taskDefinition).cluster(cluster))
          .tasks()
          .toString();
    }
  }

  private static String readParameter(String arn) {
    try (SsmClient ssm =
        SsmClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      return ssm.getParameter(call -> call.name(arn)).parameter().name();
    }
  }

  /**
   * Valid key id and token, but a secret that is off by one character: the signature can not be
   * right.
   */
  private static String tamperedSignature() {
    try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
      AwsCredentials own = provider.resolveCredentials();
      String secret = own.secretAccessKey();
      String tampered =
          secret.substring(0, secret.length() - 1) + (secret.endsWith("A") ? "B" : "A");
      return identity(
          own instanceof AwsSessionCredentials session
              ? AwsSessionCredentials.create(own.accessKeyId(), tampered, session.sessionToken())
              : AwsBasicCredentials.create(own.accessKeyId(), tampered));
    }
  }

  /**
   * The sandbox leaves a session that was real and has expired, as a command on the PATH that
   * prints it.
   */
  private static String expiredToken() throws IOException {
    Process process = new ProcessBuilder("sandbox-expired-session").start();
    String[] words =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split("\\s+");
    if (words.length != 3) {
      throw new IOException(
          "sandbox-expired-session printed " + words.length + " words (expected: 3)");
    }
    return identity(AwsSessionCredentials.create(words[0], words[1], words[2]));
  }

  private static String identity(AwsCredentials credentials) {
    try (StsClient sts =
        StsClient.builder()
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return sts.getCallerIdentity().arn();
    }
  }
}
