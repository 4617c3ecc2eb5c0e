package dev.deputy.builds;

import dev.deputy.core.Commit;
import dev.deputy.core.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A build's source, which says of itself what it said when the build began: where it lies now is no
 * matter of a run that is repeated.
 */
record SourceAsBegun(Source now, String describe, Optional<String> url) implements Source {
  SourceAsBegun(Source now, Beginning beginning) {
    this(now, beginning.source(), beginning.url());
  }

  @Override
  public Optional<String> branch() {
    return now.branch();
  }

  @Override
  public Optional<String> commit() {
    return now.commit();
  }

  @Override
  public List<Commit> since(String earlier) throws IOException {
    return now.since(earlier);
  }

  @Override
  public Optional<History> history() {
    return now.history();
  }

  @Override
  public void archive(OutputStream out) throws IOException {
    now.archive(out);
  }
}
