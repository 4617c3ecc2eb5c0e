package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static Sandbox sandbox;
  private static AccessKey root;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.builder().start();
    root = sandbox.rootKey("111111111111");
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          sts | Action=GetFederationToken&Version=2011-06-15 | InvalidAction        | Could not find operation GetFederationToken for version 2011-06-15
          sts | Action=GetCallerIdentity&Version=2010-01-01  | InvalidAction        | for version 2010-01-01
          sts | Version=2011-06-15                           | MissingAction        | Action is missing
          sts | Action=GetCallerIdentity&Version=2011-06-15&Foo=1 | ValidationError | The parameter 'Foo' is not supported.
          sts | Action=AssumeRole&Version=2011-06-15&SerialNumber=arn:aws:iam::1:mfa&TokenCode=1 | ValidationError | The parameter 'SerialNumber' is not supported.
          iam | Action=TagRole&Version=2010-05-08&RoleName=r&Tags.member.1.Kee=x | ValidationError | 'tags.1.member.Kee' is not supported
          iam | Action=TagRole&Version=2010-05-08&RoleName=r&Tags.member.x.Key=x | MalformedQueryString | The list index x
          iam | Action=TagRole&Version=2010-05-08&RoleName=r&Tags=x | MalformedInput | 'tags' is not a list
          iam | Action=GetRole&Version=2010-05-08&RoleName=a&RoleName=b | MalformedQueryString | given more than once
          iam | Action=GetRole&Version=2010-05-08&RoleName=a&RoleName.x=b | MalformedQueryString | both a value and a structure
          iam | Action=GetRole&Version=2010-05-08&RoleName=%zz | MalformedQueryString | not encoded as a form
          iam | Action=CreateUser&Version=2010-05-08&UserName=u | InvalidAction | CreateUser
          sqs | Action=ListQueues&Version=2012-11-05 | InvalidAction | The service 'sqs' is not supported
          ssm | Action=GetParameter&Version=2014-11-06 | InvalidAction | The service 'ssm' is not supported in this protocol
          """)
  void unknownIsRefusedByNameInTheQueryProtocol(
      String service, String form, String code, String message) {
    var answer = RawCall.query(sandbox, root, CLOCK, service, form).send();
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("<ErrorResponse xmlns=")
        .contains("<Code>" + code + "</Code>")
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ssm  | AmazonSSM.SendCommand      | {}                                    | UnknownOperationException | The operation SendCommand of ssm is not supported.
          ssm  | AmazonSSM                  | {}                                    | UnknownOperationException | The target 'AmazonSSM' is not supported.
          ssm  | Other.GetParameter         | {}                                    | UnknownOperationException | The target 'Other.GetParameter' is not supported.
          ssm  | AmazonSSM.GetParameter     | {"Name":"x","Foo":1}                  | ValidationException       | The parameter 'Foo' is not supported.
          ssm  | AmazonSSM.GetParameter     | {"Name":1}                            | SerializationException    | The parameter 'name' is not a string.
          ssm  | AmazonSSM.GetParameter     | {"Name":"x","WithDecryption":"true"}  | SerializationException    | The parameter 'withDecryption' is not true or false.
          ssm  | AmazonSSM.GetParameter     | {                                     | SerializationException    | The request is not valid JSON.
          ssm  | AmazonSSM.GetParameter     | {"Name":"x","Name":"y"}               | SerializationException    | The request is not valid JSON.
          ssm  | AmazonSSM.GetParameter     | {"Name":"x"} {}                       | SerializationException    | The request is not valid JSON.
          ssm  | AmazonSSM.GetParameter     | []                                    | SerializationException    | The request is not a JSON object.
          ssm  | AmazonSSM.GetParameter     | {}                                    | ValidationException       | 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null
          logs | Logs_20140328.StartQuery   | {}                                    | UnknownOperationException | StartQuery of logs
          ssm  | AmazonSSM.GetParameters    | {"Names":[]}                          | ValidationException       | Member must have length greater than or equal to 1
          """)
  void unknownIsRefusedByNameInTheJsonProtocol(
      String service, String target, String body, String code, String message) {
    var answer = RawCall.json(sandbox, root, CLOCK, service, target, body).send();
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"" + code + "\"").contains(message);
  }

  @Test
  void otherPathIsNotFound() {
    var answer =
        RawCall.signed(sandbox.endpoint().resolve("/other"), root, CLOCK, "sts", "", Map.of())
            .send();
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("UnknownOperationException");
  }

  @Test
  void pathThatOnlyAKeyCouldBeIsRefusedInAwsForm() {
    var answer =
        RawCall.signed(sandbox.endpoint().resolve("/a%2Fb"), root, CLOCK, "sts", "", Map.of())
            .send();
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("<ErrorResponse").contains("UnknownOperationException");
  }

  @Test
  void takenPortIsReported() {
    assertThatThrownBy(() -> Sandbox.builder().port(sandbox.endpoint().getPort()).start().close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + sandbox.endpoint().getPort());
  }

  @Test
  void accountIdsAreTwelveDigits() {
    for (String id : new String[] {"", "1", "1234567890123", "12345678901x"}) {
      assertThatThrownBy(() -> sandbox.rootKey(id)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(sandbox.rootKey("222222222222")).isEqualTo(sandbox.rootKey("222222222222"));
    assertThat(root.toString()).doesNotContain(root.secret());
  }

  @Test
  void endlessBodyIsRefused() {
    var answer = RawCall.query(sandbox, root, CLOCK, "sts", "x".repeat(5 << 20)).send();
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void bothFormsOfTheCloudTrailTargetAreUnderstood() {
    for (String prefix :
        new String[] {
          "CloudTrail_20131101", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"
        }) {
      var answer =
          RawCall.json(sandbox, root, CLOCK, "cloudtrail", prefix + ".LookupEvents", "{}").send();
      assertThat(answer.body()).startsWith("{\"Events\":[");
    }
  }

  @Test
  void itListensOnLoopbackOnly() throws IOException {
    int port = sandbox.endpoint().getPort();
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThatThrownBy(() -> new Socket(address, port).close())
              .as("it answers on %s", address)
              .isInstanceOf(ConnectException.class);
        }
      }
    }
  }
}
