package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The extensions of a git checkout, as variables that {@link GitCheckout}'s script reads. What only
 * concerns polling and change logs has no effect here; what is not known is warned about.
 *
 * @param directory where to check out, relative to the current folder; empty for that
 */
record GitExtensions(String directory, Map<String, String> variables) {
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "authorinchangelog",
          "changelogtobranch",
          "firstbuildchangelog",
          "disableremotepoll",
          "ignorenotifycommit",
          "messageexclusion",
          "pathrestriction",
          "userexclusion",
          "scmname",
          "checkoutoption",
          "buildchoosersetting",
          "gittagmessageextension",
          "perbuildtag");

  /** On a branch of this name, and nothing else. */
  static GitExtensions onLocalBranch(String name) {
    return new GitExtensions("", Map.of("LOCAL_BRANCH", name));
  }

  static GitExtensions of(StepContext step, List<Map<?, ?>> extensions) {
    String directory = "";
    var variables = new LinkedHashMap<String, String>();
    for (Map<?, ?> extension : extensions) {
      String name = name(extension);
      if (name.equals("relativetargetdirectory")) {
        directory = GitRequest.text(extension, "relativeTargetDir").orElse("");
      } else if (!WITHOUT_EFFECT.contains(name) && !read(step, name, extension, variables)) {
        step.say(
            "WARNING: the git extension "
                + extension.get("$class")
                + " is not supported and has no effect");
      }
    }
    return new GitExtensions(directory, variables);
  }

  /** The class or the symbol, without packages, in lower case. */
  private static String name(Map<?, ?> extension) {
    String name = String.valueOf(extension.get("$class"));
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean read(
      StepContext step, String name, Map<?, ?> extension, Map<String, String> variables) {
    switch (name) {
      case "cloneoption" -> clone(extension, variables);
      case "cleanbeforecheckout" -> variables.put("CLEAN_BEFORE", "yes");
      case "cleancheckout", "cleanaftercheckout" -> variables.put("CLEAN_AFTER", "yes");
      case "wipeworkspace" -> variables.put("WIPE", "yes");
      case "prunestalebranch" -> variables.put("PRUNE", "yes");
      case "prunetags" -> variables.put("PRUNE_TAGS", "yes");
      case "gitlfspull", "lfs" -> variables.put("LFS", "yes");
      case "localbranch" -> variables.put("LOCAL_BRANCH", localBranch(step, extension));
      case "submoduleoption", "submodule" -> submodules(extension, variables);
      case "sparsecheckoutpaths", "sparsecheckout" -> variables.put("SPARSE", sparse(extension));
      case "useridentity" -> {
        GitRequest.text(extension, "name").ifPresent(n -> variables.put("USER_NAME", n));
        GitRequest.text(extension, "email").ifPresent(e -> variables.put("USER_EMAIL", e));
      }
      case "prebuildmerge" -> merge(step, extension, variables);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void clone(Map<?, ?> extension, Map<String, String> variables) {
    if (truth(extension, "noTags")) {
      variables.put("NO_TAGS", "yes");
    }
    if (truth(extension, "shallow")) {
      variables.put("DEPTH", depth(extension).orElse("1"));
    }
  }

  private static Optional<String> depth(Map<?, ?> extension) {
    return GitRequest.text(extension, "depth").filter(depth -> depth.matches("[1-9]\\d{0,8}"));
  }

  /** {@code **} and nothing stand for the branch's own name. */
  private static String localBranch(StepContext step, Map<?, ?> extension) {
    String name = GitRequest.text(extension, "localBranch").orElse("**");
    return name.equals("**") ? name : GitAddress.requireRevision(step.name(), name);
  }

  private static void submodules(Map<?, ?> extension, Map<String, String> variables) {
    if (truth(extension, "disableSubmodules")) {
      return;
    }
    variables.put("SUBMODULES", "yes");
    if (truth(extension, "recursiveSubmodules")) {
      variables.put("SUBMODULES_RECURSIVE", "yes");
    }
    if (truth(extension, "trackingSubmodules")) {
      variables.put("SUBMODULES_REMOTE", "yes");
    }
    if (truth(extension, "shallow")) {
      variables.put("SUBMODULES_DEPTH", depth(extension).orElse("1"));
    }
  }

  private static String sparse(Map<?, ?> extension) {
    return GitRequest.maps(extension.get("sparseCheckoutPaths")).stream()
        .flatMap(path -> GitRequest.text(path, "path").stream())
        .collect(Collectors.joining("\n"));
  }

  private static void merge(StepContext step, Map<?, ?> extension, Map<String, String> variables) {
    if (!(extension.get("options") instanceof Map<?, ?> options)) {
      throw new StepFailed(step.name() + ": PreBuildMerge needs options");
    }
    String remote = GitRequest.text(options, "mergeRemote").orElse("origin");
    String target =
        GitRequest.text(options, "mergeTarget")
            .orElseThrow(() -> new StepFailed(step.name() + ": PreBuildMerge needs mergeTarget"));
    variables.put(
        "MERGE",
        GitAddress.requireName(step.name(), remote)
            + "/"
            + GitAddress.requireRevision(step.name(), target));
  }

  private static boolean truth(Map<?, ?> extension, String key) {
    return "true".equals(String.valueOf(extension.get(key)));
  }
}
