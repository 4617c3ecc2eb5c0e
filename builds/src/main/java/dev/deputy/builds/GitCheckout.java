package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.Source;
import dev.deputy.fleet.Agent;
import dev.deputy.pipeline.PipelineException.StepFailed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a git repository out by the git program of the agent, as a process of the steps. Passwords
 * and keys are in variables and files of the steps' account, never in addresses or arguments.
 */
record GitCheckout(StepContext step) {
  private static final String SSH_ASK_PASS =
      """
      #!/bin/sh
      printf '%s\\n' "$DEPUTY_SSH_PASSPHRASE"
      """;

  /**
   * Checks out.
   *
   * @return what {@code checkout} returns, under Jenkins' names
   */
  Map<String, String> run(GitRequest request) {
    String dir = step.path(request.extensions().directory());
    if (request.remotes().isEmpty()) {
      return new SourceCheckout(step).run(dir);
    }
    boolean local = step.build().settings().local().isPresent();
    boolean own = isOwn(request);
    var variables = new LinkedHashMap<String, String>();
    request
        .extensions()
        .variables()
        .forEach((name, value) -> variables.put("DEPUTY_" + name, value));
    variables.put("DEPUTY_PROTOCOLS", GitAddress.protocols(local));
    variables.put("DEPUTY_BRANCHES", String.join("\n", request.branches()));
    var bound = new BoundCredentials(step);
    try {
      int count = 0;
      for (GitRequest.Remote remote : request.remotes()) {
        String url = own ? remote.url() : GitAddress.require(step.name(), remote.url(), local);
        remote.credentialsId().ifPresent(id -> credentials(id, bound));
        variables.put("DEPUTY_URL_" + count, url);
        variables.put("DEPUTY_REMOTE_" + count, remote.name());
        variables.put(
            "DEPUTY_REFSPEC_" + count,
            remote.refspec().orElse("+refs/heads/*:refs/remotes/" + remote.name() + "/*"));
        count++;
      }
      variables.put("DEPUTY_REMOTES", Integer.toString(count));
      if (own && deliver(dir, step.build().jobSource().source())) {
        variables.put("DEPUTY_OWN", "yes");
      }
      bound.files().make();
      return checkedOut(request, dir, variables, bound);
    } finally {
      bound.files().remove();
    }
  }

  /** The job's own source is here: the agent need not fetch it, nor have credentials for it. */
  private boolean isOwn(GitRequest request) {
    Source source = step.build().jobSource().source();
    String branch = request.branches().getFirst();
    String name = branch.startsWith("*/") ? branch.substring(2) : branch;
    String plain = name.startsWith("origin/") ? name.substring(7) : name;
    return request.remotes().size() == 1
        && source.history().isPresent()
        && source.url().equals(Optional.of(request.remotes().getFirst().url()))
        && (source.branch().equals(Optional.of(plain))
            || source.commit().equals(Optional.of(plain)));
  }

  private boolean deliver(String dir, Source source) {
    source
        .history()
        .ifPresent(history ->
            step.doOnAgent(agent -> agent.deliver(step.number(), dir, history::archive)));
    return source.history().isPresent();
  }

  private Map<String, String> checkedOut(
      GitRequest request, String dir, Map<String, String> variables, BoundCredentials bound) {
    Block block = bound.around(step.block());
    Agent.Result result = new AgentScript(GitScript.TEXT, variables, 1).run(step, dir, block);
    if (result.status() == 127) {
      throw new StepFailed(step.name() + ": the agent has no git program");
    }
    if (result.status() != 0) {
      throw new StepFailed(step.name() + ": git returned exit code " + result.status());
    }
    List<String> lines = result.stdout().lines().toList();
    String first = request.remotes().getFirst().url();
    return revision(
        request, lines.getFirst(), lines.get(1), lines.size() > 2 ? lines.get(2) : "", first);
  }

  private static Map<String, String> revision(
      GitRequest request, String commit, String branch, String localBranch, String url) {
    var revision = new LinkedHashMap<String, String>();
    revision.put("GIT_COMMIT", commit);
    revision.put("GIT_BRANCH", branch);
    if (!localBranch.isEmpty()) {
      revision.put("GIT_LOCAL_BRANCH", localBranch);
    }
    revision.put("GIT_URL", url);
    for (int i = 0; request.remotes().size() > 1 && i < request.remotes().size(); i++) {
      revision.put("GIT_URL_" + (i + 1), request.remotes().get(i).url());
    }
    Map<String, String> given = request.extensions().variables();
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      Optional.ofNullable(given.get("USER_NAME"))
          .ifPresent(name -> revision.put("GIT_" + who + "_NAME", name));
      Optional.ofNullable(given.get("USER_EMAIL"))
          .ifPresent(email -> revision.put("GIT_" + who + "_EMAIL", email));
    }
    return revision;
  }

  /** As in Jenkins a credential that is not there is warned about, for a repository may be open. */
  private void credentials(String id, BoundCredentials bound) {
    Optional<Credential> credential =
        step.build().settings().resources().credentials().find(step.build().id().job(), id);
    if (credential.isEmpty()) {
      step.say("Warning: CredentialId \"" + id + "\" could not be found.");
      return;
    }
    step.say("using credential " + id);
    switch (credential.get().kind()) {
      case USERNAME_PASSWORD -> WithCredentialsStep.git(credential.get(), bound);
      case SSH_USER_PRIVATE_KEY -> ssh(credential.get(), bound);
      case STRING, FILE, ZIP, CERTIFICATE, AWS ->
          bound.find(id, Optional.of(Credential.Kind.USERNAME_PASSWORD));
    }
  }

  private static void ssh(Credential credential, BoundCredentials bound) {
    bound.file("DEPUTY_SSH_KEY", credential, "privateKey", "key");
    boolean secured = credential.value("passphrase").isPresent();
    String options =
        " -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new"
            + (secured ? "" : " -o BatchMode=yes");
    if (secured) {
      bound.text("DEPUTY_SSH_PASSPHRASE", credential, "passphrase");
      String script =
          bound.files().written("ssh-askpass", SSH_ASK_PASS.getBytes(StandardCharsets.UTF_8));
      bound.files().then(script, "chmod 700 \"$1\"\n");
      bound.variable("SSH_ASKPASS", script, false);
      bound.variable("SSH_ASKPASS_REQUIRE", "force", false);
      bound.variable("DISPLAY", ":0", false);
    }
    bound.variable("GIT_SSH_COMMAND", "ssh -i \"$DEPUTY_SSH_KEY\"" + options, false);
  }
}
