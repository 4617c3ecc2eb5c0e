package dev.deputy.builds;

import dev.deputy.pipeline.PipelineException.StepFailed;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A Maven project's model as maps and lists, under the names of its elements. What it inherits is
 * not looked for. A {@code configuration} is the text of its elements: their order may matter, and
 * everything may be in them. Files come from agents and are not trusted: they are read as a stream,
 * with limits, without document types.
 */
final class PomData {
  private static final int MAX_DEPTH = 64;
  private static final String RAW = "configuration";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
      """;

  /** What the elements of a list are called. */
  private static final Map<String, String> ITEMS =
      Map.ofEntries(
          Map.entry("contributors", "contributor"),
          Map.entry("dependencies", "dependency"),
          Map.entry("developers", "developer"),
          Map.entry("excludes", "exclude"),
          Map.entry("exclusions", "exclusion"),
          Map.entry("executions", "execution"),
          Map.entry("extensions", "extension"),
          Map.entry("filters", "filter"),
          Map.entry("goals", "goal"),
          Map.entry("includes", "include"),
          Map.entry("licenses", "license"),
          Map.entry("mailingLists", "mailingList"),
          Map.entry("modules", "module"),
          Map.entry("notifiers", "notifier"),
          Map.entry("otherArchives", "otherArchive"),
          Map.entry("pluginRepositories", "pluginRepository"),
          Map.entry("plugins", "plugin"),
          Map.entry("profiles", "profile"),
          Map.entry("reports", "report"),
          Map.entry("reportSets", "reportSet"),
          Map.entry("repositories", "repository"),
          Map.entry("resources", "resource"),
          Map.entry("roles", "role"),
          Map.entry("testResources", "testResource"));

  /** Elements that have elements, also where none are there. */
  private static final Set<String> OBJECTS =
      Set.of("build", "dependencyManagement", "parent", "pluginManagement", "properties");

  /** What an element has where the file does not say it; such values are not written. */
  private static final Map<String, Map<String, Object>> DEFAULTS =
      Map.of(
          "project",
          Map.of(
              "modelVersion", "4.0.0",
              "packaging", "jar",
              "properties", Map.of(),
              "modules", List.of(),
              "dependencies", List.of(),
              "profiles", List.of()),
          "parent",
          Map.of("relativePath", "../pom.xml"),
          "dependency",
          Map.of("type", "jar", "exclusions", List.of()),
          "build",
          Map.of("plugins", List.of()),
          "plugin",
          Map.of("groupId", "org.apache.maven.plugins", "executions", List.of()));

  private PomData() {}

  /**
   * Reads a file's text.
   *
   * @throws StepFailed where it is no Maven project
   */
  static Object read(String step, String text) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      while (xml.next() != XMLStreamConstants.START_ELEMENT) {
        refuseDocumentType(xml);
      }
      if (!xml.getLocalName().equals("project")) {
        throw new XMLStreamException("<" + xml.getLocalName() + "> (expected: <project>)");
      }
      return element(xml, 1);
    } catch (XMLStreamException e) {
      throw new StepFailed(step + ": no Maven project: " + e.getMessage());
    }
  }

  private static void refuseDocumentType(XMLStreamReader xml) throws XMLStreamException {
    if (xml.getEventType() == XMLStreamConstants.DTD) {
      throw new XMLStreamException("a document type is not allowed");
    }
  }

  /** The element that the reader stands on, to its end: a text, a list or a map. */
  private static Object element(XMLStreamReader xml, int depth) throws XMLStreamException {
    requireDepth(depth);
    String name = xml.getLocalName();
    if (name.equals(RAW)) {
      return raw(xml, depth);
    }
    var text = new StringBuilder();
    List<Object> items = new ArrayList<>();
    Map<String, Object> fields = new LinkedHashMap<>();
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (xml.isStartElement()) {
        String child = xml.getLocalName();
        Object value = element(xml, depth + 1);
        if (child.equals(ITEMS.get(name))) {
          items.add(value);
        } else {
          fields.put(child, value);
        }
      } else if (xml.isCharacters()) {
        text.append(xml.getText());
      }
    }
    String stripped = text.toString().strip();
    if (ITEMS.containsKey(name) && fields.isEmpty() && stripped.isEmpty()) {
      return items;
    }
    if (fields.isEmpty() && !OBJECTS.contains(name) && !name.equals("project")) {
      return stripped;
    }
    DEFAULTS.getOrDefault(name, Map.of()).forEach(fields::putIfAbsent);
    return fields;
  }

  private static void requireDepth(int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("elements are nested too deeply");
    }
  }

  /** What is in an element, as XML without namespaces. */
  private static String raw(XMLStreamReader xml, int above) throws XMLStreamException {
    var text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          requireDepth(above + ++depth);
          text.append('<').append(xml.getLocalName());
          for (int i = 0; i < xml.getAttributeCount(); i++) {
            text.append(' ').append(attribute(xml, i));
          }
          text.append('>');
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (--depth > 0) {
            text.append("</").append(xml.getLocalName()).append('>');
          }
        }
        case XMLStreamConstants.COMMENT -> text.append("<!--").append(xml.getText()).append("-->");
        default -> text.append(xml.isCharacters() ? escaped(xml.getText()) : "");
      }
    }
    return text.toString().strip();
  }

  private static String attribute(XMLStreamReader xml, int index) {
    String prefix = Optional.ofNullable(xml.getAttributePrefix(index)).orElse("");
    return (prefix.equals("xml") ? "xml:" : "")
        + xml.getAttributeLocalName(index)
        + "=\""
        + escaped(xml.getAttributeValue(index)).replace("\"", "&quot;")
        + '"';
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * The text of a file, without what Maven would assume anyway.
   *
   * @throws StepFailed where a file of it could not be read again
   */
  static String write(String step, Map<?, ?> model) {
    var text = new StringBuilder(HEAD);
    fields("project", model, "  ", text);
    text.append("</project>\n");
    read(step, text.toString());
    return text.toString();
  }

  private static void fields(String of, Map<?, ?> fields, String indent, StringBuilder to) {
    Map<String, Object> defaults = DEFAULTS.getOrDefault(of, Map.of());
    fields.forEach((key, value) -> {
      String name = String.valueOf(key);
      boolean assumed =
          !name.equals("modelVersion") && String.valueOf(value).equals(text(defaults, name));
      boolean empty =
          value instanceof Map<?, ?> map
              ? map.isEmpty()
              : value instanceof List<?> l && l.isEmpty();
      if (value != null && !assumed && !empty) {
        element(name, value, indent, to);
      }
    });
  }

  private static @Nullable String text(Map<String, Object> defaults, String name) {
    return defaults.get(name) instanceof String text ? text : null;
  }

  private static void element(String name, Object value, String indent, StringBuilder to) {
    if (!NAME.matcher(name).matches()) {
      throw new StepFailed("writeMavenPom: \"" + name + "\" (expected: the name of an element)");
    }
    to.append(indent).append('<').append(name).append('>');
    switch (value) {
      case Map<?, ?> fields -> {
        to.append('\n');
        fields(name, fields, indent + "  ", to);
        to.append(indent);
      }
      case List<?> items -> {
        String item = ITEMS.get(name);
        if (item == null) {
          throw new StepFailed("writeMavenPom: " + name + " can not be a list");
        }
        to.append('\n');
        items.forEach(each -> element(item, each == null ? "" : each, indent + "  ", to));
        to.append(indent);
      }
      default -> to.append(name.equals(RAW) ? value.toString() : escaped(value.toString()));
    }
    to.append("</").append(name).append(">\n");
  }
}
