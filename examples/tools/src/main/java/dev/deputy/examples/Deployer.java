package dev.deputy.examples;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * A small deployment with an unmodified AWS SDK: credentials, Region and endpoint come from the
 * environment.
 */
public final class Deployer {
  private Deployer() {}

  /** {@code put NAME VALUE}, which says as whom it does so, or {@code get NAME}. */
  public static void main(String[] arguments) {
    String command = arguments.length == 0 ? "" : arguments[0];
    switch (command + "/" + arguments.length) {
      case "put/3" -> {
        identity();
        put(arguments[1], arguments[2]);
      }
      case "get/2" -> get(arguments[1]);
      default -> {
        System.err.println("usage: deputy-example-deployer put NAME VALUE | get NAME");
        System.exit(64);
      }
    }
  }

  private static void identity() {
    try (StsClient sts =
        StsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      GetCallerIdentityResponse identity = sts.getCallerIdentity();
      System.out.printf(
          "{%n    \"UserId\": \"%s\",%n    \"Account\": \"%s\",%n    \"Arn\": \"%s\"%n}%n",
          identity.userId(), identity.account(), identity.arn());
    }
  }

  private static void put(String name, String value) {
    try (SsmClient ssm =
        SsmClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      long version =
          ssm.putParameter(
                  call -> call.name(name).value(value).type(ParameterType.STRING).overwrite(true))
              .version();
      System.out.println("{\"Version\": " + version + "}");
    }
  }

  private static void get(String name) {
    try (SsmClient ssm =
        SsmClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      System.out.println(ssm.getParameter(call -> call.name(name)).parameter().value());
    }
  }
}
