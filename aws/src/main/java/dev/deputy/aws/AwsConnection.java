package dev.deputy.aws;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Where AWS is and who calls it. One client per service is made from it and kept.
 *
 * @param endpoint replaces every service's own endpoint (the sandbox); empty: AWS
 */
public record AwsConnection(
    String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
  /** The address of STS that signatures of agents are made for. */
  public URI sts() {
    return endpoint.orElseGet(() -> URI.create("https://sts." + region + "." + dnsSuffix()));
  }

  /** Calls of ECS are not repeated by the client: each one is counted before it is made. */
  EcsClient ecs() {
    return configure(EcsClient.builder())
        .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  CloudFormationClient cloudFormation() {
    return configure(CloudFormationClient.builder())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** ARN of whoever these credentials belong to, as STS tells it. */
  String caller() {
    try (StsClient sts =
        configure(StsClient.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return sts.getCallerIdentity().arn();
    }
  }

  private <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
    Consumer<ClientOverrideConfiguration.Builder> retries =
        override -> override.retryStrategy(RetryMode.STANDARD);
    builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .overrideConfiguration(retries);
    endpoint.ifPresent(builder::endpointOverride);
    return builder;
  }

  /** The part of AWS that a Region is in, as ARNs name it. */
  static String partition(String region) {
    return Region.of(region).metadata().partition().id();
  }

  private String dnsSuffix() {
    return Region.of(region).metadata().partition().dnsSuffix();
  }
}
