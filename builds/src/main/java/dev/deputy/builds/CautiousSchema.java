package dev.deputy.builds;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The schema that YAML is written by. Most readers are of YAML 1.1, for which {@code no} is false,
 * {@code 1:30} is ninety and {@code 2020-01-01} is a date (<a
 * href="https://yaml.org/type/">yaml.org/type</a>): texts that look like that get quotes, as those
 * that look like something else in YAML 1.2.
 */
final class CautiousSchema extends CoreSchema {
  private static final Pattern NO_TEXT_IN_1_1 =
      Pattern.compile(
          "y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF"
              + "|<<|="
              + "|[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?[1-9][0-9_]*|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
              + "|[-+]?([0-9][0-9_]*)?\\.[0-9_]*([eE][-+]?[0-9]+)?"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \\t].*)?");

  private final ScalarResolver core = super.getScalarResolver();

  /** Whatever is not a text's tag has a text quoted. */
  @Override
  public ScalarResolver getScalarResolver() {
    return (value, implicit) -> {
      Tag tag = core.resolve(value, implicit);
      boolean quoted = implicit && tag.equals(Tag.STR) && NO_TEXT_IN_1_1.matcher(value).matches();
      return quoted ? Tag.BOOL : tag;
    };
  }
}
