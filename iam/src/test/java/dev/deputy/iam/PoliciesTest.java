package dev.deputy.iam;

import static dev.deputy.iam.Samples.USER;
import static dev.deputy.iam.Samples.allow;
import static dev.deputy.iam.Samples.allowTo;
import static dev.deputy.iam.Samples.identity;
import static dev.deputy.iam.Samples.trust;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What requests and sets of policies refuse. */
class PoliciesTest {

  private static final String SEND = "sqs:SendMessage";
  private static final String ASSUME = "sts:AssumeRole";

  @Test
  void policiesRefuseDocumentsOfTheWrongKind() {
    NamedPolicy own = identity(allow("*")).getFirst();
    NamedPolicy trust = trust(allowTo("'*'", ASSUME));

    assertThatIllegalArgumentException().isThrownBy(() -> Policies.none().withResource(own));
    assertThatIllegalArgumentException().isThrownBy(() -> Policies.none().withBoundary(trust));
    assertThatIllegalArgumentException().isThrownBy(() -> Policies.ofIdentity(List.of(trust)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.none().withSession(List.of(trust)));
  }

  @Test
  void requestRefusesAmbiguousContextAndActions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Request(USER, "RunTask", "*"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Request(
                USER,
                SEND,
                "*",
                Map.of("aws:SourceIp", List.of("10.0.0.1"), "AWS:sourceip", List.of("::1"))));
  }
}
