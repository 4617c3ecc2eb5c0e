package dev.deputy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class ConcurrencyTest {
  private static final String ACCOUNT = "111111111111";
  private static final int CALLERS = 40;

  private Sandbox sandbox;
  private Clients root;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder().start();
    root = Clients.root(sandbox, ACCOUNT);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void oneOfManyMakersOfARoleWins() throws InterruptedException, ExecutionException {
    IamClient iam = root.iam();
    String trust = Roles.trusting(ACCOUNT);
    List<Boolean> made =
        together(() -> {
          try {
            iam.createRole(r -> r.roleName("deploy").assumeRolePolicyDocument(trust));
            return true;
          } catch (EntityAlreadyExistsException _) {
            return false;
          }
        });
    assertThat(made).containsOnlyOnce(true);
  }

  @Test
  void everyOverwriteIsAVersionAndAnEvent() throws InterruptedException, ExecutionException {
    SsmClient ssm = root.ssm();
    List<Long> versions =
        together(() ->
            ssm.putParameter(
                    r -> r.name("/x").value("1").type(ParameterType.STRING).overwrite(true))
                .version());
    assertThat(versions).doesNotHaveDuplicates().contains(1L, (long) CALLERS);
    List<Event> events = root.trail().lookupEvents(r -> r.maxResults(50)).events();
    assertThat(events).extracting(Event::eventName).hasSize(CALLERS).containsOnly("PutParameter");
    assertThat(events).extracting(Event::eventId).doesNotHaveDuplicates();
  }

  private static <T> List<T> together(Callable<T> call)
      throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(executor.submit(call));
      }
      for (Future<T> future : calls) {
        results.add(future.get());
      }
    }
    return results;
  }
}
