package dev.deputy.testkit;

import dev.deputy.core.AgentIdentities;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * An STS that knows signatures by heart: a test says whom each {@code authorization} header proves.
 * Any other is refused.
 */
public final class InMemoryAgentIdentities implements AgentIdentities {
  private final Map<String, Answer.Proven> known = new HashMap<>();
  private final Queue<Answer> ordered = new ArrayDeque<>();
  private final List<Map<String, String>> requests = new ArrayList<>();

  /** From now on a request with this {@code authorization} header comes from that identity. */
  public synchronized void know(String authorization, Answer.Proven identity) {
    known.put(authorization, identity);
  }

  /** The next request gets this answer, whoever signed it. */
  public synchronized void answerNext(Answer answer) {
    ordered.add(answer);
  }

  /** The headers of all requests so far, oldest first. */
  public synchronized List<Map<String, String>> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized Answer callerIdentity(Map<String, String> headers) {
    requests.add(Map.copyOf(headers));
    Answer next = ordered.poll();
    if (next != null) {
      return next;
    }
    Answer.Proven identity = known.get(headers.getOrDefault("authorization", ""));
    return identity != null ? identity : new Answer.Refused("the signature does not match");
  }
}
