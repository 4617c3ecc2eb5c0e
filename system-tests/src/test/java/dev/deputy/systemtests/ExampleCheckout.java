package dev.deputy.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A clean git checkout, on the branch main, of the examples and their configuration. */
final class ExampleCheckout {
  private ExampleCheckout() {}

  static Path in(Path folder) throws IOException, InterruptedException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    copy(Checkout.root().resolve("deputy.yaml"), checkout.resolve("deputy.yaml"));
    try (Stream<Path> files = Files.walk(Checkout.root().resolve("examples"))) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.toString().contains("/target/"))
              .toList()) {
        copy(file, checkout.resolve(Checkout.root().relativize(file).toString()));
      }
    }
    Files.writeString(checkout.resolve(".gitignore"), ".deputy/\n");
    commit(checkout);
    return checkout;
  }

  /**
   * The checkout with another pipeline in place of one of the examples, whose grants it has.
   *
   * @return the pipeline's path within the checkout
   */
  static String pipeline(Path checkout, String example, String text) throws IOException {
    String path = "examples/" + example + "/Jenkinsfile";
    Files.writeString(checkout.resolve(path), text);
    return path;
  }

  /** Makes a folder a checkout with everything in it committed. */
  static void commit(Path folder) throws IOException, InterruptedException {
    git(folder, "init", "-q", "-b", "main");
    git(folder, "add", "-A");
    git(
        folder,
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "commit",
        "-q",
        "-m",
        "Test");
  }

  private static void git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    Process git = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(git.waitFor()).as("%s", command).isZero();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
  }
}
