package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3Test {
  private static final String ACCOUNT = "111111111111";

  private Sandbox sandbox;
  private Clients root;
  private S3Client s3;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().start();
    root = Clients.root(sandbox, ACCOUNT);
    s3 = root.s3();
    s3.createBucket(r -> r.bucket("site"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void put(String key, String content) {
    s3.putObject(r -> r.bucket("site").key(key), RequestBody.fromString(content));
  }

  private String content(String key) {
    return s3.getObjectAsBytes(r -> r.bucket("site").key(key)).asUtf8String();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "a folder/ü€+%&=?#'(file).txt",
        "dots/../and//double/./slashes",
        "ends/with/"
      })
  void objectIsReadBackUnderAnyKey(String key) {
    put(key, "content of " + key);

    assertThat(content(key)).isEqualTo("content of " + key);
    assertThat(s3.listObjectsV2(r -> r.bucket("site")).contents())
        .extracting(S3Object::key)
        .containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"site.localhost:4566", "site.s3.eu-west-1.amazonaws.com", "site.s3.amazonaws.com"})
  void hostMayNameTheBucket(String host) {
    var wire =
        new WireRequest(
            "GET",
            "/a%20b/c+d",
            "",
            List.of(new WireRequest.Header("Host", host)),
            new byte[0],
            "127.0.0.1");

    assertThat(S3Request.of(wire)).isEqualTo(new S3Request("GET", "site", "a b/c+d", Map.of()));
  }

  @Test
  void whatGoesWithAnObjectComesWithIt() {
    s3.putObject(
        r ->
            r.bucket("site")
                .key("a.svg")
                .metadata(Map.of("team", "web"))
                .contentType("image/svg+xml")
                .cacheControl("max-age=60")
                .contentEncoding("gzip")
                .tagging("one=1&two=2+2"),
        RequestBody.fromString("x"));

    GetObjectResponse got = s3.getObject(r -> r.bucket("site").key("a.svg")).response();
    assertThat(got.metadata()).containsEntry("team", "web");
    assertThat(got.contentType()).isEqualTo("image/svg+xml");
    assertThat(got.cacheControl()).isEqualTo("max-age=60");
    assertThat(got.contentEncoding()).isEqualTo("gzip");
    assertThat(got.eTag()).isEqualTo("\"9dd4e461268c8034f5c8564e155c67a6\"");
    assertThat(s3.getObjectTagging(r -> r.bucket("site").key("a.svg")).tagSet())
        .extracting(tag -> tag.key() + "=" + tag.value())
        .containsExactlyInAnyOrder("one=1", "two=2 2");
  }

  @Test
  void contentSignedAsAWholeIsAcceptedToo() {
    S3Client whole =
        root.s3(b -> b.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED));

    whole.putObject(r -> r.bucket("site").key("whole"), RequestBody.fromString("x"));

    assertThat(content("whole")).isEqualTo("x");
  }

  @Test
  void listIsCutIntoPagesAndFolders() {
    for (int i = 0; i < 25; i++) {
      put("a/" + (10 + i), "x");
    }
    put("a/deep/er", "x");
    put("b", "x");

    List<String> all = new ArrayList<>();
    s3.listObjectsV2Paginator(r -> r.bucket("site").prefix("a/").maxKeys(10))
        .contents()
        .forEach(object -> all.add(object.key()));
    assertThat(all).hasSize(26).doesNotHaveDuplicates().contains("a/34", "a/deep/er");
    var folders = s3.listObjectsV2(r -> r.bucket("site").delimiter("/"));
    assertThat(folders.contents()).extracting(S3Object::key).containsExactly("b");
    assertThat(folders.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("a/");
  }

  @Test
  void largeObjectIsSentInParts() {
    byte[] part = new byte[5 << 20];
    new Random(1).nextBytes(part);
    String id = s3.createMultipartUpload(r -> r.bucket("site").key("big")).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      int number = i;
      String tag =
          s3.uploadPart(
                  r -> r.bucket("site").key("big").uploadId(id).partNumber(number),
                  RequestBody.fromBytes(part))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }

    s3.completeMultipartUpload(
        r -> r.bucket("site").key("big").uploadId(id).multipartUpload(m -> m.parts(parts)));

    byte[] whole = s3.getObjectAsBytes(r -> r.bucket("site").key("big")).asByteArray();
    assertThat(whole).hasSize(2 * part.length).startsWith(part).endsWith(part);
    assertThatThrownBy(() -> s3.abortMultipartUpload(r -> r.bucket("site").key("big").uploadId(id)))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void objectsAreCopiedAndDeleted() {
    put("one", "1");
    s3.copyObject(r ->
        r.sourceBucket("site")
            .sourceKey("one")
            .destinationBucket("site")
            .destinationKey("two words"));
    assertThat(content("two words")).isEqualTo("1");

    s3.deleteObject(r -> r.bucket("site").key("one"));
    s3.deleteObjects(r ->
        r.bucket("site")
            .delete(d -> d.objects(ObjectIdentifier.builder().key("two words").build())));

    assertThat(s3.listObjectsV2(r -> r.bucket("site")).contents()).isEmpty();
    s3.deleteBucket(r -> r.bucket("site"));
    assertThat(s3.listBuckets().buckets()).isEmpty();
  }

  @Test
  void whatIsNotThereIsCalledAsS3CallsIt() {
    assertThatThrownBy(() -> content("nothing")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> s3.headObject(r -> r.bucket("site").key("nothing")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("nowhere")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void bucketOfAnotherAccountIsNobodyElses() {
    Clients other = Clients.root(sandbox, "222222222222");

    assertThatThrownBy(() -> other.s3().listObjectsV2(r -> r.bucket("site")))
        .hasMessageContaining("not authorized to perform: s3:ListBucket");
    assertThatThrownBy(() -> other.s3().createBucket(r -> r.bucket("site")))
        .isInstanceOf(BucketAlreadyExistsException.class);
  }

  @Test
  void roleMayDoWithObjectsWhatItsPolicySays() {
    put("public/a", "a");
    put("secret/b", "b");
    String role =
        Roles.create(
            root,
            ACCOUNT,
            "reader",
            """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/public/*"}]}
            """);
    S3Client reader = root.assume(role, "test").s3();

    assertThat(reader.getObjectAsBytes(r -> r.bucket("site").key("public/a")).asUtf8String())
        .isEqualTo("a");
    assertThatThrownBy(() -> reader.getObjectAsBytes(r -> r.bucket("site").key("secret/b")))
        .hasMessageContaining("s3:GetObject")
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThatThrownBy(() ->
            reader.putObject(r -> r.bucket("site").key("public/a"), RequestBody.fromString("mine")))
        .hasMessageContaining("s3:PutObject");
    assertThatThrownBy(() -> reader.listObjectsV2(r -> r.bucket("site")))
        .hasMessageContaining("s3:ListBucket");
  }

  @Test
  void stackMakesABucketAndRemovesIt() throws Exception {
    var cloudFormation = root.cloudFormation();
    cloudFormation.createStack(r ->
        r.stackName("web")
            .templateBody(
                """
                Resources: {Site: {Type: AWS::S3::Bucket, Properties: {BucketName: made}}}
                Outputs: {Arn: {Value: !GetAtt Site.Arn}}
                """));
    cloudFormation.waiter().waitUntilStackCreateComplete(r -> r.stackName("web"));

    assertThat(cloudFormation.describeStacks(r -> r.stackName("web")).stacks().getFirst().outputs())
        .extracting(output -> output.outputValue())
        .containsExactly("arn:aws:s3:::made");
    assertThat(s3.headBucket(r -> r.bucket("made")).bucketRegion()).isEqualTo("eu-west-1");
  }

  @Test
  void registryGivesAPasswordForDocker() {
    var data = root.ecr().getAuthorizationToken().authorizationData();

    assertThat(data)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.proxyEndpoint())
              .isEqualTo("https://111111111111.dkr.ecr.eu-west-1.amazonaws.com");
          assertThat(new String(Base64.getDecoder().decode(one.authorizationToken()), UTF_8))
              .startsWith("AWS:");
          assertThat(one.expiresAt()).isAfter(Instant.now());
        });
  }
}
