package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CloudTrailTest {
  private static final String TOOLING = "000000000000";
  private static final String TARGET = "111111111111";

  private Sandbox sandbox;
  private Clients tooling;
  private Clients target;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().start();
    tooling = Clients.root(sandbox, TOOLING);
    target = Clients.root(sandbox, TARGET);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static List<Event> lookup(Clients as, LookupAttributeKey key, String value) {
    return as.trail()
        .lookupEvents(r ->
            r.lookupAttributes(
                LookupAttribute.builder().attributeKey(key).attributeValue(value).build()))
        .events();
  }

  private static JsonNode json(Event event) {
    return JsonMapper.shared().readTree(event.cloudTrailEvent());
  }

  private static JsonNode single(Clients as, String eventName) {
    List<Event> events = lookup(as, LookupAttributeKey.EVENT_NAME, eventName);
    assertThat(events).hasSize(1);
    return json(events.getFirst());
  }

  @Test
  void crossAccountSessionIsRecordedInBothAccounts() {
    String arn = Roles.create(target, "deploy", Roles.trusting(TOOLING));
    var answer =
        tooling
            .sts()
            .assumeRole(r -> r.roleArn(arn).roleSessionName("job-1").sourceIdentity("build-7"));
    JsonNode here = single(tooling, "AssumeRole");
    JsonNode there = single(target, "AssumeRole");
    assertThat(here.path("sharedEventID").asString())
        .isNotEmpty()
        .isEqualTo(there.path("sharedEventID").asString());
    assertThat(here.path("eventID")).isNotEqualTo(there.path("eventID"));
    assertThat(here.path("recipientAccountId").asString()).isEqualTo(TOOLING);
    assertThat(there.path("recipientAccountId").asString()).isEqualTo(TARGET);
    assertThat(here.at("/userIdentity/type").asString()).isEqualTo("Root");
    assertThat(there.at("/userIdentity/type").asString()).isEqualTo("AWSAccount");
    assertThat(there.at("/requestParameters/sourceIdentity").asString()).isEqualTo("build-7");
    assertThat(there.at("/responseElements/credentials/accessKeyId").asString())
        .isEqualTo(answer.credentials().accessKeyId());
    assertThat(here.toString() + there)
        .doesNotContain(answer.credentials().secretAccessKey())
        .doesNotContain(answer.credentials().sessionToken());
  }

  @Test
  void sessionIsNamedWithItsRoleAndSourceIdentity() {
    String arn = Roles.create(target, TARGET, "deploy", Roles.allowing("ssm:*", "*"));
    Clients session =
        target.as(
            target
                .sts()
                .assumeRole(r -> r.roleArn(arn).roleSessionName("job-1").sourceIdentity("b-7"))
                .credentials());
    session.ssm().describeParameters();
    JsonNode event = single(target, "DescribeParameters");
    assertThat(event.at("/userIdentity/type").asString()).isEqualTo("AssumedRole");
    assertThat(event.at("/userIdentity/arn").asString())
        .isEqualTo("arn:aws:sts::111111111111:assumed-role/deploy/job-1");
    assertThat(event.at("/userIdentity/sessionContext/sourceIdentity").asString()).isEqualTo("b-7");
    assertThat(event.at("/userIdentity/sessionContext/sessionIssuer/arn").asString())
        .isEqualTo(arn);
    assertThat(event.path("eventSource").asString()).isEqualTo("ssm.amazonaws.com");
    assertThat(event.path("awsRegion").asString()).isEqualTo("eu-west-1");
    assertThat(event.path("readOnly").asBoolean()).isTrue();
    assertThat(event.path("userAgent").asString()).contains("aws-sdk-java");
    assertThat(lookup(target, LookupAttributeKey.USERNAME, "job-1")).hasSize(1);
    assertThat(
            lookup(
                target,
                LookupAttributeKey.ACCESS_KEY_ID,
                event.at("/userIdentity/accessKeyId").asString()))
        .hasSize(1);
  }

  @Test
  void deniedAndFailedCallsAreRecorded() {
    String arn = Roles.create(target, "deploy", Roles.trusting(TARGET));
    Clients session = target.assume(arn, "me");
    assertThatThrownBy(() -> session.ssm().getParameter(r -> r.name("/x")));
    assertThat(single(target, "GetParameter").path("errorCode").asString())
        .isEqualTo("AccessDenied");
    assertThatThrownBy(() -> target.ssm().deleteParameter(r -> r.name("/x")));
    JsonNode failed = single(target, "DeleteParameter");
    assertThat(failed.path("errorCode").asString()).isEqualTo("ParameterNotFound");
    assertThat(failed.path("responseElements").isNull()).isTrue();
  }

  @Test
  void secretsAreLeftOut() {
    target.ssm().putParameter(r -> r.name("/x").value("s3cret").type(ParameterType.SECURE_STRING));
    JsonNode event = single(target, "PutParameter");
    assertThat(event.at("/requestParameters/name").asString()).isEqualTo("/x");
    assertThat(event.toString()).doesNotContain("s3cret").contains("HIDDEN");
    assertThatThrownBy(
        () -> target.ssm().putParameter(r -> r.name("").value("an0ther").type("None")));
    assertThat(lookup(target, LookupAttributeKey.EVENT_NAME, "PutParameter").toString())
        .doesNotContain("an0ther");
  }

  @Test
  void eventsAreFoundByResourceAndSource() {
    target.ssm().putParameter(r -> r.name("/x").value("1").type(ParameterType.STRING));
    assertThat(lookup(target, LookupAttributeKey.RESOURCE_NAME, "x")).hasSize(1);
    assertThat(
            lookup(
                target,
                LookupAttributeKey.RESOURCE_NAME,
                "arn:aws:ssm:eu-west-1:111111111111:parameter/x"))
        .hasSize(1);
    assertThat(lookup(target, LookupAttributeKey.EVENT_SOURCE, "ssm.amazonaws.com")).hasSize(1);
    Event event = lookup(target, LookupAttributeKey.READ_ONLY, "false").getFirst();
    assertThat(lookup(target, LookupAttributeKey.EVENT_ID, event.eventId())).hasSize(1);
  }

  @Test
  void newestComeFirstAndInPages() {
    IntStream.range(0, 60).forEach(_ -> target.sts().getCallerIdentity());
    var first = target.trail().lookupEvents(r -> r.maxResults(50));
    assertThat(first.events()).hasSize(50);
    assertThat(first.events().getFirst().eventTime())
        .isAfterOrEqualTo(first.events().getLast().eventTime());
    var second = target.trail().lookupEvents(r -> r.maxResults(50).nextToken(first.nextToken()));
    assertThat(second.events()).hasSize(10);
    assertThat(second.nextToken()).isNull();
    assertThat(second.events())
        .extracting(Event::eventId)
        .doesNotContainAnyElementsOf(first.events().stream().map(Event::eventId).toList());
  }

  @Test
  void timesLimitWhatIsFound() {
    target.sts().getCallerIdentity();
    Instant now = Instant.now();
    assertThat(target.trail().lookupEvents(r -> r.startTime(now.plusSeconds(60))).events())
        .isEmpty();
    assertThat(target.trail().lookupEvents(r -> r.endTime(now.minusSeconds(60))).events())
        .isEmpty();
    assertThatThrownBy(
            () -> target.trail().lookupEvents(r -> r.startTime(now).endTime(now.minusSeconds(1))))
        .hasMessageContaining("start time");
  }

  @Test
  void accountsAndRegionsAreApartAndIamIsGlobal() {
    Roles.create(target, "deploy", Roles.trusting(TARGET));
    assertThat(lookup(target, LookupAttributeKey.EVENT_NAME, "CreateRole")).isEmpty();
    assertThat(lookup(target.in("us-east-1"), LookupAttributeKey.EVENT_NAME, "CreateRole"))
        .hasSize(1);
    assertThat(lookup(tooling.in("us-east-1"), LookupAttributeKey.EVENT_NAME, "CreateRole"))
        .isEmpty();
  }

  @Test
  void moreThanOneAttributeIsRefused() {
    LookupAttribute attribute =
        LookupAttribute.builder()
            .attributeKey(LookupAttributeKey.EVENT_NAME)
            .attributeValue("x")
            .build();
    assertThatThrownBy(
            () -> target.trail().lookupEvents(r -> r.lookupAttributes(attribute, attribute)))
        .hasMessageContaining("one lookup attribute");
  }
}
