package dev.deputy.cli;

import dev.deputy.aws.AwsConnection;
import dev.deputy.aws.AwsConnections;
import dev.deputy.core.Account;
import dev.deputy.core.AccountName;
import dev.deputy.server.Configuration;
import dev.deputy.server.StateFolder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * {@code --profile} and {@code --endpoint-url}: with which credentials which account is reached.
 */
final class AccountsOption {
  @Option(
      names = "--profile",
      paramLabel = "ACCOUNT=PROFILE",
      description =
          "The AWS profile for an account of the configuration; may be repeated (default: the"
              + " profile of the account's name).")
  private Map<String, String> profiles = new LinkedHashMap<>();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "The AWS at this address of this machine, such as a sandbox.")
  private @Nullable URI endpoint;

  /**
   * Checked as far as that goes without a call: accounts, profiles and the address.
   *
   * @param state where a sandbox has written its profiles; opened only where that counts
   */
  AwsConnections connections(Configuration configuration, Supplier<StateFolder> state) {
    URI address = Loopback.literal(endpoint);
    if (address != null && !Loopback.is(address)) {
      throw new CommandFailed(
          ExitStatus.USAGE,
          "--endpoint-url: expected an address of this machine such as http://127.0.0.1:4566, found"
              + " "
              + endpoint
              + "; AWS itself is reached without it");
    }
    for (String name : profiles.keySet()) {
      if (configuration.accounts().keySet().stream().noneMatch(a -> a.value().equals(name))) {
        throw new CommandFailed(
            ExitStatus.USAGE,
            "--profile: expected one of the accounts "
                + configuration.accounts().keySet()
                + ", found "
                + name);
      }
    }
    Map<AccountName, AwsCredentialsProvider> credentials = new LinkedHashMap<>();
    for (Account account : configuration.accounts().values()) {
      credentials.put(account.name(), credentials(account, state, Optional.ofNullable(address)));
    }
    return (account, region) ->
        new AwsConnection(
            region,
            Optional.ofNullable(address),
            Objects.requireNonNull(credentials.get(account.name())));
  }

  /** The profile that is used for an account. */
  String profile(Account account) {
    return profiles.getOrDefault(account.name().value(), account.name().value());
  }

  private AwsCredentialsProvider credentials(
      Account account, Supplier<StateFolder> state, Optional<URI> address) {
    if (!profiles.containsKey(account.name().value()) && address.isPresent()) {
      Optional<AwsCredentialsProvider> sandbox =
          SandboxProfiles.in(state.get()).account(address.get(), account.name());
      if (sandbox.isPresent()) {
        return sandbox.get();
      }
    }
    String name = profile(account);
    try {
      ProfileFile file = ProfileFile.defaultProfileFile();
      if (file.profile(name).isPresent()) {
        return ProfileCredentialsProvider.builder().profileFile(file).profileName(name).build();
      }
    } catch (SdkClientException | IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailed(
          ExitStatus.USAGE, "the AWS profiles can not be read: " + e.getMessage());
    }
    throw new CommandFailed(
        ExitStatus.USAGE,
        "no AWS profile "
            + name
            + " for account "
            + account.name()
            + " ("
            + account.id()
            + "): add it to ~/.aws/config, or name another one with --profile "
            + account.name()
            + "=PROFILE");
  }
}
