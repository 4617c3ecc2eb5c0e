package dev.deputy.server;

import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/** Addresses of git repositories as builds may see them. */
final class RemoteAddress {
  private RemoteAddress() {}

  /** Where a checkout comes from, by its configuration; empty where it came from nowhere. */
  static Optional<String> of(Repository repository) {
    String remote =
        repository.getConfig().getString("remote", Constants.DEFAULT_REMOTE_NAME, "url");
    return Optional.ofNullable(remote).flatMap(RemoteAddress::withoutCredentials);
  }

  /**
   * An address without the password that people write into it, and over HTTP also without the user,
   * which often is a token.
   */
  static Optional<String> withoutCredentials(String address) {
    try {
      URIish uri = new URIish(address).setPass(null);
      String scheme = uri.getScheme();
      boolean web = "http".equals(scheme) || "https".equals(scheme);
      return Optional.of((web ? uri.setUser(null) : uri).toString());
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
