package dev.deputy.server;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.iam.PolicyDocument;
import dev.deputy.iam.PolicySyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code accounts}: the AWS accounts by name. */
final class AccountsSection {
  static final List<String> KEYS =
      List.of("id", "region", "stage", "permissions", "sourceIdentity", "maxAgents");

  /** Everywhere in the file: a Region that is written like one. */
  static final Form<String> REGION =
      Form.matching("an AWS Region such as eu-west-1", "[a-z]{2}(-[a-z]+)+-[0-9]");

  private static final Form<AccountName> NAME =
      new Form<>("a name of a letter, then letters, digits or '-'", AccountName::new);
  private static final Form<String> ID =
      Form.matching("a string of 12 digits in quotes", "[0-9]{12}");
  private static final Form<String> STAGE = Form.text("the environment's name");
  private static final Form<String> PERMISSIONS =
      Form.text("path of an IAM policy document, relative to this file");
  private static final Form<String> SOURCE_IDENTITY = Form.oneOf("on", "off");

  private final YamlMapping section;
  private final Path folder;
  private final AgentLimits limits;

  /** Which account has an id, so that no two have the same. */
  private final Map<String, String> ids = new HashMap<>();

  /**
   * @param folder that the file lies in
   */
  AccountsSection(YamlMapping section, Path folder, AgentLimits limits) {
    this.section = section;
    this.folder = folder;
    this.limits = limits;
  }

  /** The accounts that have no fault, in file order. */
  List<Account> read() {
    List<Account> accounts = new ArrayList<>();
    for (String name : section.names()) {
      Optional<AccountName> wellNamed = section.name(name, NAME);
      section.requiredMapping(name).flatMap(m -> account(wellNamed, m)).ifPresent(accounts::add);
    }
    return accounts;
  }

  private Optional<Account> account(Optional<AccountName> name, YamlMapping m) {
    m.allow(KEYS);
    Optional<String> id = m.required("id", ID);
    id.ifPresent(known -> unique(m, known));
    Optional<String> region = m.required("region", REGION);
    Optional<String> stage = m.optional("stage", STAGE);
    Optional<String> permissions =
        m.optional("permissions", PERMISSIONS).flatMap(path -> policy(m, path));
    boolean sourceIdentity =
        m.optional("sourceIdentity", SOURCE_IDENTITY).orElse("on").equals("on");
    limits.account(m, name);
    if (name.isEmpty() || id.isEmpty() || region.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Account(name.get(), id.get(), region.get(), stage, permissions, sourceIdentity));
  }

  private void unique(YamlMapping m, String id) {
    String other = ids.putIfAbsent(id, m.path());
    if (other != null) {
      m.problem("id", "an account id of its own", "the id of " + other, "");
    }
  }

  private Optional<String> policy(YamlMapping m, String path) {
    try {
      String json = Files.readString(folder.resolve(path));
      PolicyDocument.parse(json);
      return Optional.of(json);
    } catch (PolicySyntaxException e) {
      m.problem("permissions", "an IAM policy document", path + ": " + e.getMessage(), "");
    } catch (IOException | InvalidPathException _) {
      m.problem("permissions", PERMISSIONS.expected(), "no readable file \"" + path + "\"", "");
    }
    return Optional.empty();
  }
}
