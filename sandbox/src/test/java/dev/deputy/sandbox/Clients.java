package dev.deputy.sandbox;

import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The unmodified AWS SDK of one caller in one region, pointed at a sandbox. */
record Clients(URI endpoint, AwsCredentials credentials, String region) {
  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  static Clients of(Sandbox sandbox, AccessKey key) {
    return new Clients(sandbox.endpoint(), credentials(key), "eu-west-1");
  }

  static Clients root(Sandbox sandbox, String account) {
    return of(sandbox, sandbox.rootKey(account));
  }

  private static AwsCredentials credentials(AccessKey key) {
    return key.sessionToken()
        .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.id(), key.secret(), token))
        .orElseGet(() -> AwsBasicCredentials.create(key.id(), key.secret()));
  }

  Clients in(String otherRegion) {
    return new Clients(endpoint, credentials, otherRegion);
  }

  Clients as(Credentials session) {
    return new Clients(
        endpoint,
        AwsSessionCredentials.create(
            session.accessKeyId(), session.secretAccessKey(), session.sessionToken()),
        region);
  }

  /** The clients of a session of a role. */
  Clients assume(String roleArn, String sessionName) {
    return as(assume(AssumeRoleRequest.builder().roleArn(roleArn).roleSessionName(sessionName)));
  }

  Credentials assume(AssumeRoleRequest.Builder request) {
    return sts().assumeRole(request.build()).credentials();
  }

  StsClient sts() {
    return build(StsClient.builder());
  }

  IamClient iam() {
    return build(IamClient.builder());
  }

  CloudFormationClient cloudFormation() {
    return build(CloudFormationClient.builder());
  }

  SsmClient ssm() {
    return build(SsmClient.builder());
  }

  S3Client s3() {
    return build(S3Client.builder());
  }

  /** With more settings. */
  S3Client s3(Consumer<S3ClientBuilder> settings) {
    return builder(S3Client.builder()).applyMutation(settings).build();
  }

  EcrClient ecr() {
    return build(EcrClient.builder());
  }

  EcsClient ecs() {
    return build(EcsClient.builder());
  }

  CloudWatchLogsClient logs() {
    return build(CloudWatchLogsClient.builder());
  }

  CloudTrailClient trail() {
    return build(CloudTrailClient.builder());
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    return builder(builder).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B builder(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(HTTP);
  }
}
