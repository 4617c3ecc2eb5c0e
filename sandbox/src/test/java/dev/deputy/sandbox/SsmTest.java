package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;

class SsmTest {
  private static final String ACCOUNT = "111111111111";

  private Sandbox sandbox;
  private Clients root;
  private SsmClient ssm;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().start();
    root = Clients.root(sandbox, ACCOUNT);
    ssm = root.ssm();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void put(String name, String value) {
    ssm.putParameter(r -> r.name(name).value(value).type(ParameterType.STRING));
  }

  @Test
  void parameterIsReadBack() {
    put("/app/version", "1");
    Parameter parameter = ssm.getParameter(r -> r.name("/app/version")).parameter();
    assertThat(parameter.value()).isEqualTo("1");
    assertThat(parameter.version()).isEqualTo(1);
    assertThat(parameter.arn())
        .isEqualTo("arn:aws:ssm:eu-west-1:111111111111:parameter/app/version");
    assertThat(parameter.lastModifiedDate()).isNotNull();
  }

  @Test
  void overwritingHasToBeAskedFor() {
    put("/app/version", "1");
    assertThatThrownBy(() -> put("/app/version", "2"))
        .isInstanceOf(ParameterAlreadyExistsException.class);
    assertThat(ssm.putParameter(r -> r.name("/app/version").value("2").overwrite(true)).version())
        .isEqualTo(2);
    assertThat(ssm.getParameter(r -> r.name("/app/version:2")).parameter().value()).isEqualTo("2");
    assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/app/version:1")))
        .isInstanceOf(ParameterNotFoundException.class);
  }

  @Test
  void parameterIsFoundByItsArnInItsOwnAccountOnly() {
    put("/app/version", "1");
    put("flat", "2");
    String arn = "arn:aws:ssm:eu-west-1:111111111111:parameter/";
    assertThat(ssm.getParameter(r -> r.name(arn + "app/version")).parameter().value())
        .isEqualTo("1");
    assertThat(ssm.getParameter(r -> r.name(arn + "app/version:1")).parameter().name())
        .isEqualTo("/app/version");
    assertThat(ssm.getParameter(r -> r.name(arn + "flat")).parameter().value()).isEqualTo("2");
    assertThatThrownBy(() ->
            ssm.getParameter(r -> r.name(arn.replace("111111111111", "222222222222") + "flat")))
        .hasMessageContaining("ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:222222222222:");
  }

  @Test
  void secretIsShownOnlyWithDecryption() {
    ssm.putParameter(r -> r.name("token").value("s3cret").type(ParameterType.SECURE_STRING));
    assertThat(ssm.getParameter(r -> r.name("token")).parameter().value()).doesNotContain("s3cret");
    assertThat(ssm.getParameter(r -> r.name("token").withDecryption(true)).parameter().value())
        .isEqualTo("s3cret");
  }

  @Test
  void accountsAndRegionsAreApart() {
    put("/app/version", "1");
    assertThat(root.in("us-east-1").ssm().describeParameters().parameters()).isEmpty();
    assertThat(Clients.root(sandbox, "222222222222").ssm().describeParameters().parameters())
        .isEmpty();
  }

  @Test
  void severalAreReadTogetherAndTheMissingNamed() {
    put("/a", "1");
    put("/b", "2");
    var answer = ssm.getParameters(r -> r.names("/a", "/b", "/c"));
    assertThat(answer.parameters()).extracting(Parameter::value).containsExactly("1", "2");
    assertThat(answer.invalidParameters()).containsExactly("/c");
  }

  @Test
  void pathIsReadInPages() {
    IntStream.range(0, 23).forEach(i -> put("/app/p" + i, "x"));
    put("/app/deep/p", "x");
    put("/application", "x");
    assertThat(ssm.getParametersByPath(r -> r.path("/app")).parameters()).hasSize(10);
    assertThat(all("/app", false)).isEqualTo(23);
    assertThat(all("/app/", true)).isEqualTo(24);
  }

  private long all(String path, boolean recursive) {
    return ssm.getParametersByPathPaginator(r -> r.path(path).recursive(recursive)).stream()
        .mapToLong(page -> page.parameters().size())
        .sum();
  }

  @Test
  void deletedParameterIsGone() {
    put("/a", "1");
    ssm.deleteParameter(r -> r.name("/a"));
    assertThatThrownBy(() -> ssm.deleteParameter(r -> r.name("/a")))
        .isInstanceOf(ParameterNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "/a/", "ssm-x", "/ssm/x", "/aws/x", "/a$"})
  void badNameIsRefused(String name) {
    assertThatThrownBy(() -> put(name, "1"))
        .isInstanceOf(SsmException.class)
        .hasMessageContaining("arameter name");
  }

  @Test
  void permissionIsPerParameter() {
    put("/app/dev/x", "1");
    put("/app/prod/x", "2");
    String arn =
        Roles.create(
            root,
            ACCOUNT,
            "dev",
            Roles.allowing("ssm:Get*", "arn:aws:ssm:eu-west-1:111111111111:parameter/app/dev/*"));
    SsmClient dev = root.assume(arn, "me").ssm();
    assertThat(dev.getParameter(r -> r.name("/app/dev/x")).parameter().value()).isEqualTo("1");
    assertThatThrownBy(() -> dev.getParameter(r -> r.name("/app/prod/x")))
        .isInstanceOfSatisfying(
            SsmException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            })
        .hasMessageContaining(
            "is not authorized to perform: ssm:GetParameter on resource:"
                + " arn:aws:ssm:eu-west-1:111111111111:parameter/app/prod/x because no"
                + " identity-based policy allows the ssm:GetParameter action");
    assertThatThrownBy(() -> dev.getParameters(r -> r.names("/app/dev/x", "/app/prod/x")))
        .hasMessageContaining("not authorized");
    assertThatThrownBy(() -> dev.getParameter(r -> r.name("/app/nothing")))
        .hasMessageContaining("not authorized");
  }

  @Test
  void permissionMayFollowTags() {
    for (String team : new String[] {"a", "b"}) {
      ssm.putParameter(r ->
          r.name("/" + team)
              .value("1")
              .type(ParameterType.STRING)
              .tags(Tag.builder().key("team").value(team).build()));
    }
    String arn =
        Roles.create(
            root,
            ACCOUNT,
            "team",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:GetParameter",
             "Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"a"}}}]}\
            """);
    SsmClient session = root.assume(arn, "me").ssm();
    assertThat(session.getParameter(r -> r.name("/a")).parameter().value()).isEqualTo("1");
    assertThatThrownBy(() -> session.getParameter(r -> r.name("/b")))
        .hasMessageContaining("not authorized");
  }
}
