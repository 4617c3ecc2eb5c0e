package dev.deputy.cli;

import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.server.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deputy init}: files to start from. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a deputy.yaml, a Jenkinsfile and the permissions of a deploy role to start from.",
      "Nothing is overwritten. As it is, it runs on the sandbox."
    },
    footer = {"", "Example:", "  deputy init --account test=222222222222 --region eu-central-1"})
final class InitCommand implements Callable<Integer> {
  private static final String DEFAULT_ACCOUNT = "development";
  private static final String DEFAULT_ID = "111111111111";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write them (default: here).")
  private Path folder = Path.of(".");

  @Option(
      names = "--tooling",
      paramLabel = "ID",
      defaultValue = "000000000000",
      description = "The id of the account that agents run in (default: ${DEFAULT-VALUE}).")
  private String tooling = "";

  @Option(
      names = "--account",
      paramLabel = "NAME=ID",
      description =
          "An account that agents act in; may be repeated (default: "
              + DEFAULT_ACCOUNT
              + "="
              + DEFAULT_ID
              + ").")
  private Map<String, String> targets = new LinkedHashMap<>();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "eu-west-1",
      description = "The Region of all of them (default: ${DEFAULT-VALUE}).")
  private String region = "";

  @Override
  public Integer call() throws IOException {
    List<Account> accounts = accounts();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folder.resolve(ConfigurationLoader.FILE_NAME), StartingFiles.configuration(accounts));
    files.put(folder.resolve("permissions.json"), StartingFiles.permissions());
    files.put(folder.resolve("Jenkinsfile"), StartingFiles.pipeline(accounts.get(1)));
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        throw new CommandFailed(ExitStatus.USAGE, file + " is there already; nothing was written");
      }
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.writeString(file.getKey(), file.getValue());
        System.out.println("wrote " + file.getKey().normalize());
      }
    } catch (IOException e) {
      throw new CommandFailed(ExitStatus.UNAVAILABLE, folder + ": can not be written: " + e);
    }
    System.out.println();
    System.out.println(
        "Run it on the sandbox: deputy run " + folder.resolve("Jenkinsfile").normalize());
    System.out.flush();
    return ExitStatus.SUCCESS.code();
  }

  /** The tooling account first. */
  private List<Account> accounts() {
    if (targets.isEmpty()) {
      targets.put(DEFAULT_ACCOUNT, DEFAULT_ID);
    }
    List<Account> accounts = new ArrayList<>();
    accounts.add(account("--tooling", "tooling", tooling));
    targets.forEach((name, id) -> accounts.add(account("--account", name, id)));
    if (new LinkedHashSet<>(accounts.stream().map(Account::id).toList()).size() < accounts.size()
        || targets.containsKey("tooling")) {
      throw new CommandFailed(
          ExitStatus.USAGE, "--account: expected other names and ids than the tooling account's");
    }
    return accounts;
  }

  private Account account(String option, String name, String id) {
    try {
      return new Account(
          new AccountName(name), id, region, Optional.empty(), Optional.empty(), true);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitStatus.USAGE, option + ": " + e.getMessage());
    }
  }
}
