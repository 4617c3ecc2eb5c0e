package dev.deputy.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The code that joined a run after its start. */
final class Libraries {
  private final Interpreter run;
  private final Map<String, LoadedFile> vars = new HashMap<>();
  private final Map<String, LoadedFile> sources = new HashMap<>();
  private final Map<String, ScriptValue> scripts = new HashMap<>();
  private final Set<String> loaded = new HashSet<>();
  private int files;

  /** A file that may be needed. */
  private record LoadedFile(String name, String text) {}

  Libraries(Interpreter run) {
    this.run = run;
  }

  /** Loads what the host and the file ask for before anything runs. */
  void start(List<String> named, Position at, Context context) {
    for (String library : run.host().implicitLibraries()) {
      load(library, at, context);
    }
    named.forEach(library -> load(library, at, context));
  }

  private void load(String library, Position at, Context context) {
    run.stepCalls().run("library", Map.of("identifier", library), null, at, context);
  }

  /** What a step brought: makes it known and gives what pipeline code gets. */
  @Nullable Object accept(LoadedCode code, Context context) {
    return switch (code) {
      case LoadedCode.Script(String file, String text) -> runFile(file, text, context);
      case LoadedCode.Library library -> {
        library
            .vars()
            .forEach((name, text) ->
                vars.putIfAbsent(
                    name, new LoadedFile(library.name() + ":vars/" + name + ".groovy", text)));
        library
            .sources()
            .forEach((name, text) ->
                sources.putIfAbsent(
                    name,
                    new LoadedFile(
                        library.name() + ":src/" + name.replace('.', '/') + ".groovy", text)));
        yield new PackageValue("");
      }
    };
  }

  private @Nullable Object runFile(String file, String text, Context context) {
    Script script = parse(new LoadedFile(file, text));
    ScriptValue value = new ScriptValue("Script" + ++files, script, run.main().variables());
    Completion end =
        run.statements().executeIn(script.body(), Frame.outermost(context, Self.of(value)));
    return switch (end) {
      case Completion.Normal normal -> normal.value();
      case Completion.Returned returned -> returned.value();
      case Completion.Jump _, Completion.Labeled _ -> null;
    };
  }

  private Script parse(LoadedFile file) {
    run.budget().string(file.text().length());
    Script script = Jenkinsfiles.parseLoaded(file.name(), file.text());
    run.classes().declare(script);
    return script;
  }

  /** Makes the classes known that a library has by this name; whether there are any. */
  boolean loadClass(String name) {
    int nested = name.indexOf('$');
    String file = nested < 0 ? name : name.substring(0, nested);
    LoadedFile source = sources.get(file);
    if (source == null || !loaded.add(file)) {
      return false;
    }
    parse(source);
    return true;
  }

  /** The script object of a library's variable, or null. */
  @Nullable ScriptValue variable(String name, Context context) {
    ScriptValue known = scripts.get(name);
    if (known != null) {
      return known;
    }
    LoadedFile file = vars.get(name);
    if (file == null) {
      return null;
    }
    ScriptValue script = new ScriptValue(name, parse(file), new HashMap<>());
    scripts.put(name, script);
    // Jenkins runs nothing of such a file but its fields' initialisers.
    Frame frame = Frame.outermost(context, Self.of(script));
    for (Statement statement : script.script().body().statements()) {
      if (statement instanceof Statement.Declare declaration && declaration.field()) {
        run.statements().execute(declaration, frame);
      }
    }
    return script;
  }

  /** {@code library('x').org.acme.Tool}: a class, or a package further down. */
  Object below(PackageValue above, String name) {
    String path = above.path().isEmpty() ? name : above.path() + "." + name;
    DeclaredClass type = run.classes().find(path);
    return type == null ? new PackageValue(path) : type;
  }
}
