package dev.deputy.server;

import dev.deputy.core.LibraryStore;
import dev.deputy.server.ConfiguredLibraries.Library;
import dev.deputy.server.ConfiguredLibraries.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Reads libraries from folders and from git. Nothing of them is run or written anywhere. */
final class LibraryReader {
  private static final int SECONDS = 120;

  private final Path cache;

  /** One copy is brought up to date at a time. */
  private final ReentrantLock fetching = new ReentrantLock();

  LibraryReader(Path cache) {
    this.cache = cache;
  }

  LibraryStore.Library read(Library library, Optional<String> version) throws IOException {
    GitDefaults.apply();
    return switch (library.location()) {
      case Location.Folder(Path folder) -> folder(library.name(), folder, version);
      case Location.Remote(String address) ->
          remote(
              library.name(),
              address,
              version.orElseThrow(
                  () -> new IOException("No version specified for library " + library.name())));
    };
  }

  /** A folder that is a repository itself has versions; any other is as it lies. */
  private static LibraryStore.Library folder(String name, Path folder, Optional<String> version)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    Path git = folder.resolve(".git");
    if (version.isPresent() && Files.exists(git)) {
      try (Repository repository = new FileRepositoryBuilder().setGitDir(git.toFile()).build()) {
        return commit(name, version.get(), repository);
      }
    }
    LibraryFiles files = new LibraryFiles();
    for (String top : List.of("vars", "src", "resources")) {
      walk(folder, folder.resolve(top), files);
    }
    requireCode(files, folder.toString());
    return files.library(name, version.orElse("as-it-lies"), Optional.empty());
  }

  private static void walk(Path folder, Path top, LibraryFiles files) throws IOException {
    if (!Files.isDirectory(top)) {
      return;
    }
    try (Stream<Path> found = Files.walk(top)) {
      for (Path file : found.sorted().toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          files.add(name, Files.size(file), () -> Files.readAllBytes(file));
        }
      }
    }
  }

  private LibraryStore.Library remote(String name, String address, String version)
      throws IOException {
    fetching.lock();
    try (Repository repository = copy(address);
        Git git = new Git(repository)) {
      git.fetch()
          .setRemote(address)
          .setRefSpecs(
              new RefSpec("+refs/heads/*:refs/remotes/origin/*"),
              new RefSpec("+refs/tags/*:refs/tags/*"))
          .setTimeout(SECONDS)
          .call();
      return commit(name, version, repository);
    } catch (GitAPIException e) {
      throw new IOException(address + ": " + e.getMessage(), e);
    } finally {
      fetching.unlock();
    }
  }

  private Repository copy(String address) throws IOException {
    String id = UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)).toString();
    Path folder = cache.resolve(id + ".git");
    Repository repository =
        new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
    if (!Files.exists(folder)) {
      Files.createDirectories(cache);
      repository.create(true);
    }
    return repository;
  }

  private static LibraryStore.Library commit(String name, String version, Repository repository)
      throws IOException {
    @Nullable ObjectId id = null;
    for (String place : List.of("refs/remotes/origin/", "refs/heads/", "refs/tags/", "")) {
      id = id == null ? resolved(repository, place + version) : id;
    }
    if (id == null) {
      throw new IOException("there is no branch, tag or commit " + version);
    }
    LibraryFiles files = new LibraryFiles();
    try (RevWalk commits = new RevWalk(repository);
        TreeWalk tree = new TreeWalk(repository)) {
      RevCommit commit = commits.parseCommit(id);
      tree.addTree(commit.getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        FileMode mode = tree.getFileMode();
        boolean file = mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
        if (file && LibraryFiles.belongs(tree.getPathString())) {
          ObjectLoader content = repository.open(tree.getObjectId(0));
          files.add(tree.getPathString(), content.getSize(), content::getBytes);
        }
      }
      requireCode(files, "commit " + commit.name());
      return files.library(name, version, Optional.of(commit.name()));
    }
  }

  private static @Nullable ObjectId resolved(Repository repository, String revision)
      throws IOException {
    try {
      return repository.resolve(revision + "^{commit}");
    } catch (RuntimeException e) {
      throw new IOException(revision + " is no name of a version", e);
    }
  }

  private static void requireCode(LibraryFiles files, String where) throws IOException {
    if (files.isEmpty()) {
      throw new IOException(where + " has neither vars/NAME.groovy nor classes below src/");
    }
  }
}
