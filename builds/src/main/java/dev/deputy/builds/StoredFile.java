package dev.deputy.builds;

import dev.deputy.fleet.Agent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that was read, as the journal keeps it: a text where it is one, so secrets are found. */
final class StoredFile implements Stored<Agent.TextFile> {
  @Override
  public Object write(Agent.TextFile file) {
    byte[] content = file.content();
    String text = new String(content, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content)
        ? Map.of("text", text, "secrets", file.secrets())
        : Map.of("base64", Base64.getEncoder().encodeToString(content), "secrets", file.secrets());
  }

  @Override
  public Agent.TextFile read(@Nullable Object stored) {
    Fields fields = Fields.of(stored);
    byte[] content =
        fields
            .optionalText("text")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> Base64.getDecoder().decode(fields.text("base64")));
    return new Agent.TextFile(content, fields.texts("secrets"));
  }
}
