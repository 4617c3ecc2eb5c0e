package dev.deputy.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout asks of git.
 *
 * @param remotes where from; empty: the job's own source
 * @param branches what may be checked out, the first that is there
 * @param extensions what more is to be done
 */
record GitRequest(List<Remote> remotes, List<String> branches, GitExtensions extensions) {
  /**
   * One of {@code userRemoteConfigs}.
   *
   * @param name of the remote
   * @param refspec what to fetch; empty: all branches
   */
  record Remote(
      String url, String name, Optional<String> refspec, Optional<String> credentialsId) {}

  /** What {@code GitSCM} and {@code scmGit} were given. */
  static GitRequest of(StepContext step, Map<?, ?> scm) {
    List<Remote> remotes =
        maps(scm.get("userRemoteConfigs")).stream()
            .map(config -> remote(step, config))
            .filter(remote -> !remote.url().isEmpty())
            .toList();
    List<String> branches =
        maps(scm.get("branches")).stream()
            .map(branch -> expanded(step, text(branch, "name").orElse("")))
            .map(name -> name.isEmpty() ? "**" : name)
            .map(name -> GitAddress.requireRevision(step.name(), name))
            .toList();
    return new GitRequest(
        remotes,
        branches.isEmpty() ? List.of("**") : branches,
        GitExtensions.of(step, maps(scm.get("extensions"))));
  }

  /** What the step {@code git} was given. */
  static GitRequest ofGit(StepContext step) {
    String branch = expanded(step, step.filledText("branch").orElse("master"));
    var remote =
        new Remote(
            expanded(step, step.text("url")),
            "origin",
            Optional.empty(),
            step.filledText("credentialsId"));
    return new GitRequest(
        List.of(remote),
        List.of(GitAddress.requireRevision(step.name(), branch)),
        GitExtensions.onLocalBranch(branch));
  }

  private static Remote remote(StepContext step, Map<?, ?> config) {
    return new Remote(
        expanded(step, text(config, "url").orElse("")),
        GitAddress.requireName(step.name(), text(config, "name").orElse("origin")),
        text(config, "refspec")
            .map(refspec -> GitAddress.requireRefspec(step.name(), expanded(step, refspec))),
        text(config, "credentialsId"));
  }

  /** The whole of {@code text}, with {@code $NAME} and {@code ${NAME}} of the environment. */
  static String expanded(StepContext step, String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    Map<String, String> environment = step.block().environment();
    return Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))")
        .matcher(text)
        .replaceAll(found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(environment.getOrDefault(name, found.group()));
        });
  }

  static Optional<String> text(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key))
        .map(value -> value.toString().strip())
        .filter(text -> !text.isEmpty());
  }

  static List<Map<?, ?>> maps(@Nullable Object value) {
    if (value instanceof Map<?, ?> one) {
      return List.of(one);
    }
    List<Map<?, ?>> maps = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> {
        if (item instanceof Map<?, ?> map) {
          maps.add(map);
        } else if (item instanceof String text) {
          maps.add(Map.of("name", text, "path", text));
        }
      });
    }
    return maps;
  }
}
