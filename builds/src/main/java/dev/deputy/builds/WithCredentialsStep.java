package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code withCredentials}: gives the steps of a block credentials as variables and files. The
 * journal has the ids only.
 */
final class WithCredentialsStep implements Step {
  /** Answers git from the block's variables, so that nothing is in an address or an argument. */
  private static final String ASK_PASS =
      """
      #!/bin/sh
      case "$1" in
        Username*) printf '%s\\n' "$GIT_USERNAME" ;;
        *) printf '%s\\n' "$GIT_PASSWORD" ;;
      esac
      """;

  private static final String UNPACK =
      """
      if command -v unzip >/dev/null 2>&1; then unzip -q -o "$1.zip" -d "$1" >&2
      else python3 -m zipfile -e "$1.zip" "$1"; fi
      rm -f -- "$1.zip"
      """;

  @Override
  public StepSignature signature() {
    return Signatures.block("withCredentials").value("bindings", Kind.LIST).anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public @Nullable Object run(StepContext step) {
    List<CredentialBinding> bindings =
        step.list("bindings").stream().map(CredentialBinding::of).toList();
    var bound = new BoundCredentials(step);
    try {
      bindings.forEach(binding -> bind(binding, bound));
      bound.files().make();
      if (!bound.secretNames().isEmpty()) {
        step.say(
            bound.secretNames().stream()
                .map(name -> "$" + name)
                .collect(Collectors.joining(" or ", "Masking supported pattern matches of ", "")));
      }
      return step.body(bound.around(step.block()));
    } finally {
      bound.files().remove();
    }
  }

  private static void bind(CredentialBinding binding, BoundCredentials bound) {
    Credential credential = bound.find(binding.id(), binding.form().kind());
    switch (binding.form()) {
      case STRING -> text(binding, "variable", credential, "secret", bound);
      case USERNAME_PASSWORD -> {
        text(binding, "usernameVariable", credential, "username", bound);
        text(binding, "passwordVariable", credential, "password", bound);
      }
      case USERNAME_COLON_PASSWORD ->
          bound.pair(binding.requiredVariable("variable"), credential, "username", "password");
      case FILE -> file(binding, "variable", credential, "content", bound);
      case ZIP -> zip(binding.requiredVariable("variable"), credential, bound);
      case SSH_USER_PRIVATE_KEY -> {
        file(binding, "keyFileVariable", credential, "privateKey", bound);
        text(binding, "usernameVariable", credential, "username", bound);
        text(binding, "passphraseVariable", credential, "passphrase", bound);
      }
      case CERTIFICATE -> {
        file(binding, "keystoreVariable", credential, "keystore", bound);
        text(binding, "passwordVariable", credential, "password", bound);
        binding
            .variable("aliasVariable")
            .ifPresent(name -> bound.variable(name, credential.id(), false));
      }
      case AWS -> {
        text(binding, "accessKeyVariable", credential, "accessKeyId", bound);
        text(binding, "secretKeyVariable", credential, "secretAccessKey", bound);
      }
      case GIT_USERNAME_PASSWORD -> git(credential, bound);
      case ENVIRONMENT -> environment(binding.requiredVariable("variable"), credential, bound);
    }
  }

  private static void text(
      CredentialBinding binding,
      String parameter,
      Credential credential,
      String field,
      BoundCredentials bound) {
    binding.variable(parameter).ifPresent(name -> bound.text(name, credential, field));
  }

  private static void file(
      CredentialBinding binding,
      String parameter,
      Credential credential,
      String field,
      BoundCredentials bound) {
    binding
        .variable(parameter)
        .ifPresent(name -> bound.file(name, credential, field, credential.fileName()));
  }

  private static void zip(String variable, Credential credential, BoundCredentials bound) {
    bound.file(variable, credential, "content", "content.zip");
    String folder = bound.files().folder() + "/" + variable + "/content";
    bound.files().then(folder, UNPACK);
    bound.path(variable, folder);
  }

  /** Lets git answer for itself. */
  static void git(Credential credential, BoundCredentials bound) {
    bound.text("GIT_USERNAME", credential, "username");
    bound.text("GIT_PASSWORD", credential, "password");
    String script = bound.files().written("askpass", ASK_PASS.getBytes(StandardCharsets.UTF_8));
    bound.files().then(script, "chmod 700 \"$1\"\n");
    bound.variable("GIT_ASKPASS", script, false);
    bound.variable("GIT_TERMINAL_PROMPT", "false", false);
  }

  /** As Jenkins does for {@code credentials('id')}, by the credential's kind. */
  private static void environment(String name, Credential credential, BoundCredentials bound) {
    switch (credential.kind()) {
      case STRING -> bound.text(name, credential, "secret");
      case USERNAME_PASSWORD -> {
        bound.pair(name, credential, "username", "password");
        bound.text(name + "_USR", credential, "username");
        bound.text(name + "_PSW", credential, "password");
      }
      case FILE -> bound.file(name, credential, "content", credential.fileName());
      case SSH_USER_PRIVATE_KEY -> {
        bound.file(name, credential, "privateKey", credential.fileName());
        bound.text(name + "_USR", credential, "username");
        bound.text(name + "_PSW", credential, "passphrase");
      }
      case ZIP, CERTIFICATE, AWS ->
          throw new StepFailed(
              "credentials('"
                  + credential.id()
                  + "'): a "
                  + credential.kind().title()
                  + " cannot be a variable (expected: Secret text, Username with password, Secret"
                  + " file or SSH Username with private key; withCredentials takes the others)");
    }
  }
}
