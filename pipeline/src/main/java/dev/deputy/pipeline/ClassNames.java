package dev.deputy.pipeline;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Groovy's messages call the classes of values; texts only. */
final class ClassNames {
  private ClassNames() {}

  /** The full name of a value's class, as Groovy's messages have it. */
  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case ObjectValue object -> object.type().name();
      case DeclaredClass type -> type.name();
      case ScriptValue script -> script.name();
      case ErrorValue error -> error.type().qualifiedName();
      case String _ -> "java.lang.String";
      case Boolean _ -> "java.lang.Boolean";
      case Integer _ -> "java.lang.Integer";
      case Long _ -> "java.lang.Long";
      case BigDecimal _ -> "java.math.BigDecimal";
      case RangeValue _ -> "groovy.lang.IntRange";
      case SetValue _ -> "java.util.LinkedHashSet";
      case JsonArray _ -> "net.sf.json.JSONArray";
      case JsonObject _ -> "net.sf.json.JSONObject";
      case List<?> _ -> "java.util.ArrayList";
      case Map<?, ?> _ -> "java.util.LinkedHashMap";
      case ClosureValue _ -> "groovy.lang.Closure";
      case Pattern _ -> "java.util.regex.Pattern";
      case MatcherValue _ -> "java.util.regex.Matcher";
      case NamedClass _ -> "java.lang.Class";
      case Type type -> type.qualifiedName();
      case KnownValue known -> known.type().qualifiedName();
      default -> Values.typeName(value);
    };
  }
}
