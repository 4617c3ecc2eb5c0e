package dev.deputy.builds;

import dev.deputy.core.Credential;
import dev.deputy.core.JournalEntry.StepClass;
import dev.deputy.pipeline.PipelineException.StepFailed;
import dev.deputy.pipeline.StepSignature;
import dev.deputy.pipeline.StepSignature.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code withAWS}: a Region, other credentials or a further role for a block. Roles are assumed by
 * the agent, with the credentials that its steps have, and renewed; nothing of them comes here.
 */
final class WithAwsStep implements Step {
  private static final Map<String, String> REFUSED =
      Map.of(
          "federatedUserId",
          "agents have roles, and AWS gives federation tokens to users only; the session's name and"
              + " source identity say who did what (expected: roleSessionName)",
          "samlAssertion",
          "an assertion of a person would be a secret of the pipeline (expected: role)",
          "principalArn",
          "it belongs to samlAssertion, which is not supported (expected: role)",
          "iamMfaToken",
          "agents are no users with a device (expected: role)");

  @Override
  public StepSignature signature() {
    return Signatures.block("withAWS")
        .optional(Kind.STRING, "region", "endpointUrl", "credentials", "profile")
        .optional(Kind.STRING, "role", "roleAccount", "roleSessionName", "policy", "externalId")
        .optional(Kind.INTEGER, "duration")
        .optional(Kind.STRING, REFUSED.keySet().stream().sorted().toArray(String[]::new))
        .optional(Kind.BOOLEAN, "useNode")
        .anywhere();
  }

  @Override
  public StepClass stepClass() {
    return StepClass.EFFECT;
  }

  @Override
  public Set<String> names() {
    return Set.of("region", "role", "roleAccount", "roleSessionName", "credentials", "profile");
  }

  @Override
  public @Nullable Object run(StepContext step) {
    refuse(step);
    Optional<String> credentials = step.filledText("credentials");
    if (credentials.isEmpty()) {
      return step.body(settings(step, step.block()));
    }
    var bound = new BoundCredentials(step);
    try {
      bind(credentials.get(), bound);
      bound.files().make();
      // Keys are an identity of their own, whatever role is around the block.
      Block block = bound.around(step.block().as(List.of()));
      return step.body(settings(step, block));
    } finally {
      bound.files().remove();
    }
  }

  private static void refuse(StepContext step) {
    REFUSED.forEach((parameter, why) -> {
      if (step.filledText(parameter).isPresent()) {
        throw new StepFailed("withAWS: " + parameter + " is not supported: " + why);
      }
    });
    if (step.filledText("endpointUrl").isPresent() && step.filledText("role").isPresent()) {
      throw new StepFailed(
          "withAWS: endpointUrl and role together are not supported: roles are assumed at the"
              + " agent's own STS (expected: a withAWS(endpointUrl: …) inside of withAWS(role:"
              + " …))");
    }
  }

  private static void bind(String id, BoundCredentials bound) {
    Credential credential = bound.find(id, Optional.empty());
    switch (credential.kind()) {
      case AWS -> {
        bound.text("AWS_ACCESS_KEY_ID", credential, "accessKeyId");
        bound.text("AWS_SECRET_ACCESS_KEY", credential, "secretAccessKey");
      }
      case USERNAME_PASSWORD -> {
        bound.text("AWS_ACCESS_KEY_ID", credential, "username");
        bound.text("AWS_SECRET_ACCESS_KEY", credential, "password");
      }
      default ->
          throw new StepFailed(
              "withAWS: credentials '"
                  + id
                  + "' is of type '"
                  + credential.kind().title()
                  + "' (expected: AWS credentials, or Username with password with the key's id and"
                  + " secret)");
    }
    bound.variable("AWS_SESSION_TOKEN", "", false);
  }

  private static Block settings(StepContext step, Block block) {
    List<Block.Variable> variables = new ArrayList<>();
    step.filledText("profile")
        .ifPresent(profile -> {
          step.say("Setting AWS profile " + profile);
          variables.add(new Block.Variable("AWS_DEFAULT_PROFILE", profile));
          variables.add(new Block.Variable("AWS_PROFILE", profile));
        });
    step.filledText("region")
        .ifPresent(region -> {
          step.say("Setting AWS region " + region);
          variables.add(new Block.Variable("AWS_DEFAULT_REGION", region));
          variables.add(new Block.Variable("AWS_REGION", region));
        });
    step.filledText("endpointUrl")
        .ifPresent(url -> {
          step.say("Setting AWS endpointUrl " + url);
          variables.add(new Block.Variable("AWS_ENDPOINT_URL", url));
        });
    Block set = block.with(variables);
    return step.filledText("role").isPresent() ? new RoleOfBlock(step, set).block() : set;
  }
}
