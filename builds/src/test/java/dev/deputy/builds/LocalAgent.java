package dev.deputy.builds;

import dev.deputy.core.Launch;
import dev.deputy.fleet.Agent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An agent that is a folder; a script that says {@code die} takes it away in the middle. */
final class LocalAgent implements Agent {
  private final Launch launch;
  private final Path workspace;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Order> orders = new ArrayList<>();
  private final List<String> masked = new ArrayList<>();

  LocalAgent(Launch launch, Path workspace, Runnable onClose) {
    this.launch = launch;
    this.workspace = workspace;
    this.onClose = onClose;
  }

  synchronized List<Order> orders() {
    return List.copyOf(orders);
  }

  synchronized List<String> masked() {
    return List.copyOf(masked);
  }

  boolean closed() {
    return closed.get();
  }

  @Override
  public Launch launch() {
    return launch;
  }

  @Override
  public String workspace() {
    return workspace.toString();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION",
        "eu-west-1",
        "PATH",
        System.getenv("PATH"),
        "WORKSPACE_TMP",
        workspace + "@tmp");
  }

  @Override
  public Result sh(Order order, Output output) throws InterruptedException, ResultUnknown {
    requireOpen();
    synchronized (this) {
      orders.add(order);
    }
    if (order.script().strip().equals("die")) {
      throw new ResultUnknown("the agent is gone: nothing is known of the script's result");
    }
    try {
      return run(order, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result run(Order order, Output output) throws IOException, InterruptedException {
    Path script = Files.createTempFile("step", ".sh");
    Files.writeString(script, order.script());
    var builder =
        order.script().startsWith("#!/bin/sh\n")
            ? new ProcessBuilder("sh", script.toString())
            : new ProcessBuilder("sh", "-xe", script.toString());
    builder.directory(Files.createDirectories(workspace.resolve(order.dir())).toFile());
    builder.redirectErrorStream(!order.capture());
    builder.environment().clear();
    builder.environment().putAll(environment());
    builder.environment().putAll(order.environment());
    for (var each : order.fromFiles().entrySet()) {
      builder
          .environment()
          .put(each.getKey(), Files.readString(workspace.resolve(each.getValue())));
    }
    Process process = builder.start();
    var stdout = new ByteArrayOutputStream();
    Thread log =
        pump(order.capture() ? process.getErrorStream() : process.getInputStream(), output);
    Thread value =
        order.capture()
            ? pump(process.getInputStream(), stdout::write)
            : Thread.ofVirtual().start(() -> {});
    try {
      int status = process.waitFor();
      log.join();
      value.join();
      return new Result(status, stdout.toString(StandardCharsets.UTF_8));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(script);
    }
  }

  private Thread pump(InputStream in, Output output) {
    return Thread.ofVirtual()
        .start(() -> {
          try (in) {
            byte[] buffer = new byte[512];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              output.write(buffer, 0, n);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public int collect(
      int step, String dir, List<String> includes, List<String> excludes, Sink sink) {
    Path top = workspace.resolve(dir);
    try (Stream<Path> walk = Files.walk(top)) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(file -> matches(includes, top.relativize(file)))
              .filter(file -> !matches(excludes, top.relativize(file)))
              .sorted()
              .toList();
      sink.take(new ByteArrayInputStream(archive(top, files)));
      return files.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean matches(List<String> patterns, Path path) {
    return patterns.stream()
        .flatMap(p -> Stream.of(p, p.startsWith("**/") ? p.substring(3) : p))
        .anyMatch(p -> FileSystems.getDefault().getPathMatcher("glob:" + p).matches(path));
  }

  private static byte[] archive(Path top, List<Path> files) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Path file : files) {
        tar.putArchiveEntry(new TarArchiveEntry(file.toFile(), top.relativize(file).toString()));
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  @Override
  public void deliver(int step, String dir, Content archive) {
    var bytes = new ByteArrayOutputStream();
    try {
      archive.writeTo(bytes);
      var in = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      try (var tar = new TarArchiveInputStream(in)) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          Path file = workspace.resolve(dir).resolve(entry.getName());
          Files.createDirectories(file.getParent());
          Files.write(file, tar.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<TextFile> readFile(int step, String path) {
    try {
      Path file = workspace.resolve(path);
      return Files.exists(file)
          ? Optional.of(new TextFile(Files.readAllBytes(file), List.of("secret in a file")))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeFile(int step, String path, byte[] content) {
    try {
      Path file = workspace.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeSecret(int step, String path, byte[] content) {
    writeFile(step, path, content);
    try {
      Files.setPosixFilePermissions(
          workspace.resolve(path), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean exists(int step, String path) {
    return Files.exists(workspace.resolve(path));
  }

  @Override
  public void deleteDir(int step, String path) {
    try (Stream<Path> walk = Files.walk(workspace.resolve(path))) {
      for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      Files.createDirectories(workspace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void mask(List<String> secrets) {
    masked.addAll(secrets);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this agent is closed");
    }
  }
}
