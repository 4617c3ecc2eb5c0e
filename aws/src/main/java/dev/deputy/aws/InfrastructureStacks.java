package dev.deputy.aws;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.core.AgentTemplate;
import dev.deputy.core.Infrastructure;
import dev.deputy.core.TemplateName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stacks that carry Deputy's set-up: one in the tooling account, one more there per agent
 * template, and in each target account one per agent template that acts there. People deploy them;
 * the controller only reads them.
 *
 * @param tooling the account that the cluster is in
 * @param region that the cluster is in
 * @param accounts by name, the tooling account among them
 * @param cluster name
 */
public record InfrastructureStacks(
    Account tooling,
    String region,
    Map<AccountName, Account> accounts,
    String cluster,
    List<AgentTemplate> templates) {
  /** The log group of the agents' containers. */
  public static final String LOG_GROUP = "/ecs/jenkins-agents";

  private static final String EXECUTION_ROLE = "deputy-execution";
  private static final String CONTROLLER_ROLE = "deputy-controller";

  public InfrastructureStacks {
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    templates = List.copyOf(templates);
  }

  /** The stacks in the order in which they are deployed. */
  public List<WantedStack> wanted() {
    List<WantedStack> wanted = new ArrayList<>();
    wanted.add(
        stack(
            StackNames.TOOLING,
            tooling,
            region,
            "tooling.yaml",
            Map.of("ClusterName", cluster, "LogGroupName", LOG_GROUP)));
    Set<AccountName> permitted = new HashSet<>();
    for (AgentTemplate template : templates) {
      template
          .account()
          .map(accounts::get)
          .ifPresent(account -> {
            if (account.permissions().isPresent() && permitted.add(account.name())) {
              wanted.add(permissions(account, account.permissions().get()));
            }
            wanted.add(deployRole(account, template));
          });
      wanted.add(
          stack(
              StackNames.agent(template.name()),
              tooling,
              region,
              "agent.yaml",
              agentParameters(template)));
    }
    return wanted;
  }

  /** ARN of the role that the controller acts with. */
  public String controllerRole() {
    return arn("iam", "", tooling, "role/" + CONTROLLER_ROLE);
  }

  /**
   * Brings every stack to what is wanted, without asking. Stops at the first that fails.
   *
   * @param administrators somebody who may deploy
   * @return ARN of the controller's role
   */
  public String deploy(AwsConnections administrators) throws InterruptedException {
    try (Deployment deployment = new Deployment(this, administrators, DeploymentProgress.SILENT)) {
      deployment.execute(deployment.plan());
    }
    return controllerRole();
  }

  /**
   * Reads what is deployed, with the controller's own role.
   *
   * @throws StackFailed when the tooling account's stack is missing or incomplete, or when the
   *     connection has any other identity than that role: a controller that may do more than it
   *     needs is refused
   */
  public Infrastructure read(AwsConnection controller) {
    try (Stacks stacks = new Stacks(controller, tooling, DeploymentProgress.SILENT)) {
      Map<String, String> base =
          stacks
              .outputs(StackNames.TOOLING)
              .orElseThrow(() ->
                  new StackFailed(
                      "stack "
                          + StackNames.TOOLING
                          + " is missing in account "
                          + tooling.id()
                          + " ("
                          + region
                          + "): deploy it with deputy infra deploy"));
      requireRole(controller.caller(), output(base, "ControllerRoleArn", StackNames.TOOLING));
      Map<TemplateName, Infrastructure.Deployed> deployed = new HashMap<>();
      for (AgentTemplate template : templates) {
        String name = StackNames.agent(template.name());
        stacks
            .outputs(name)
            .ifPresent(outputs -> deployed.put(template.name(), deployed(name, outputs)));
      }
      return new Infrastructure(
          output(base, "ClusterArn", StackNames.TOOLING),
          output(base, "LogGroupName", StackNames.TOOLING),
          deployed);
    }
  }

  /** A session is named {@code arn:…:sts::ACCOUNT:assumed-role/ROLE/SESSION}. */
  private static void requireRole(String caller, String role) {
    String session =
        role.replace(":iam:", ":sts:").replaceFirst(":role/(?:.*/)?", ":assumed-role/") + "/";
    if (!caller.startsWith(session)) {
      throw new StackFailed(
          "the credentials are those of " + caller + "; a controller has to act as " + role);
    }
  }

  private static WantedStack stack(
      String name,
      Account account,
      String region,
      String template,
      Map<String, String> parameters) {
    return new WantedStack(name, account, region, template, template(template), parameters);
  }

  private static WantedStack permissions(Account account, String policyDocument) {
    return new WantedStack(
        StackNames.PERMISSIONS,
        account,
        account.region(),
        "permissions-" + account.name() + ".json",
        permissionsTemplate(policyDocument),
        Map.of());
  }

  private WantedStack deployRole(Account account, AgentTemplate template) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("TemplateName", template.name().value());
    parameters.put("ToolingAccountId", tooling.id());
    if (account.permissions().isPresent()) {
      parameters.put(
          "PermissionsPolicyArn", arn("iam", "", account, "policy/" + StackNames.PERMISSIONS));
    }
    return stack(
        StackNames.deployRole(template.name()),
        account,
        account.region(),
        "target-account.yaml",
        parameters);
  }

  private Map<String, String> agentParameters(AgentTemplate template) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("TemplateName", template.name().value());
    parameters.put("Family", StackNames.family(template));
    parameters.put("Image", template.image());
    parameters.put("Cpu", Integer.toString(template.size().cpu()));
    parameters.put("MemoryReservation", Integer.toString(template.size().memoryReservation()));
    parameters.put("NetworkMode", template.size().networkMode());
    parameters.put(
        "TargetRegion", template.account().isPresent() ? account(template).region() : region);
    parameters.put("ClusterArn", arn("ecs", region, tooling, "cluster/" + cluster));
    parameters.put("ExecutionRoleArn", arn("iam", "", tooling, "role/" + EXECUTION_ROLE));
    parameters.put("LogGroupName", LOG_GROUP);
    parameters.put("ControllerRoleName", CONTROLLER_ROLE);
    if (template.account().isPresent()) {
      parameters.put(
          "DeployRoleArn",
          arn("iam", "", account(template), "role/" + StackNames.deployRole(template.name())));
    }
    return parameters;
  }

  private static String arn(String service, String region, Account account, String resource) {
    String partition = AwsConnection.partition(account.region());
    return "arn:%s:%s:%s:%s:%s".formatted(partition, service, region, account.id(), resource);
  }

  private Account account(AgentTemplate template) {
    return template.account().map(accounts::get).orElseThrow();
  }

  private static Infrastructure.Deployed deployed(String stack, Map<String, String> outputs) {
    return new Infrastructure.Deployed(
        output(outputs, "TaskDefinitionArn", stack),
        output(outputs, "TaskRoleArn", stack),
        output(outputs, "TaskRoleId", stack),
        Optional.ofNullable(outputs.get("DeployRoleArn")).filter(arn -> !arn.isEmpty()),
        Optional.empty());
  }

  private static String output(Map<String, String> outputs, String key, String stack) {
    String value = outputs.get(key);
    if (value == null) {
      throw new StackFailed(
          "stack " + stack + " has no output " + key + "; it was not made from Deputy's template");
    }
    return value;
  }

  /**
   * A stack of one managed policy; the document is the user's own, checked when the configuration
   * was loaded.
   */
  private static String permissionsTemplate(String policyDocument) {
    return """
    {"AWSTemplateFormatVersion": "2010-09-09",
     "Description": "Deputy, target account: what deploy roles may do here. From the account's permissions in deputy.yaml.",
     "Resources": {"Permissions": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {
       "ManagedPolicyName": "deputy-permissions", "PolicyDocument": %s}}},
     "Outputs": {"PolicyArn": {"Value": {"Ref": "Permissions"}}}}
    """
        .formatted(policyDocument);
  }

  private static String template(String name) {
    try (InputStream in = InfrastructureStacks.class.getResourceAsStream("templates/" + name)) {
      if (in == null) {
        throw new IllegalStateException("template " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
