package dev.deputy.builds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts tests in reports of JUnit's form. Reports come from agents and are not trusted: they are
 * read as a stream, with limits, without document types and entities. Not thread-safe.
 */
final class TestReports {
  private static final long MAX_REPORT = 64L << 20;
  private static final long MAX_ALL = 512L << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_TEXT = 10_000;

  /** So many failed tests are kept by name; the others are only counted. */
  private static final int MAX_KEPT = 1000;

  private final XMLInputFactory factory;
  private final List<Failure> failures = new ArrayList<>();
  private int files;
  private int total;
  private int failed;
  private int skipped;

  TestReports() {
    factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((_, _, _, _) -> InputStream.nullInputStream());
  }

  /** A test that failed. */
  record Failure(String className, String name, String message) {
    /** On one line. */
    String fullName() {
      return (className.isEmpty() ? name : className + "." + name).replaceAll("\\s+", " ");
    }

    Map<String, Object> value() {
      var value = new LinkedHashMap<String, Object>();
      value.put("class", className);
      value.put("name", name);
      value.put("message", message);
      return value;
    }
  }

  int files() {
    return files;
  }

  int total() {
    return total;
  }

  int failed() {
    return failed;
  }

  int skipped() {
    return skipped;
  }

  int passed() {
    return total - failed - skipped;
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** Reads all reports of an archive (gzip-compressed tar). */
  void readAll(InputStream archive) throws IOException {
    var limited = new Limited(archive, MAX_ALL, "the test reports");
    try (var tar = new TarArchiveInputStream(new GzipCompressorInputStream(limited))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
          read(entry.getName().replaceFirst("^(\\./)+", ""), tar);
        }
      }
    }
  }

  /** Reads one report; leaves the stream open. */
  void read(String name, InputStream report) throws IOException {
    files++;
    XMLStreamReader xml = null;
    try {
      xml = factory.createXMLStreamReader(new Limited(report, MAX_REPORT, name));
      document(xml);
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException io) {
        throw io;
      }
      throw new IOException("no test report: " + name + ": " + firstLine(e.getMessage()), e);
    } finally {
      close(xml);
    }
  }

  private static void close(@Nullable XMLStreamReader xml) {
    try {
      if (xml != null) {
        xml.close();
      }
    } catch (XMLStreamException e) {
      // Nothing is held open by a reader of a stream that somebody else closes.
    }
  }

  private static String firstLine(@Nullable String message) {
    return Optional.ofNullable(message).flatMap(text -> text.lines().findFirst()).orElse("");
  }

  private void document(XMLStreamReader xml) throws XMLStreamException {
    String suite = "";
    int depth = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw new XMLStreamException("a document type is not allowed");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (++depth > MAX_DEPTH) {
          throw new XMLStreamException("elements are nested too deeply");
        }
        if (xml.getLocalName().equals("testsuite")) {
          suite = attribute(xml, "name");
        } else if (xml.getLocalName().equals("testcase")) {
          test(xml, suite);
          depth--;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  /** One test, to its end. */
  private void test(XMLStreamReader xml, String suite) throws XMLStreamException {
    String className = attribute(xml, "classname");
    String name = attribute(xml, "name");
    boolean skip = false;
    Optional<String> failure = Optional.empty();
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (++depth > MAX_DEPTH) {
          throw new XMLStreamException("elements are nested too deeply");
        }
        String element = depth == 2 ? xml.getLocalName() : "";
        skip |= element.equals("skipped");
        if (failure.isEmpty() && (element.equals("failure") || element.equals("error"))) {
          failure = Optional.of(attribute(xml, "message"));
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    total++;
    if (failure.isPresent()) {
      failed++;
      if (failures.size() < MAX_KEPT) {
        failures.add(new Failure(className.isEmpty() ? suite : className, name, failure.get()));
      }
    } else if (skip) {
      skipped++;
    }
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    if (value == null) {
      return "";
    }
    return value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) + "…" : value;
  }

  /** Fails where there is more than there may be; closing it closes nothing. */
  private static final class Limited extends FilterInputStream {
    private final String what;
    private long left;

    Limited(InputStream in, long most, String what) {
      super(in);
      this.left = most;
      this.what = what;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) throws IOException {
      left -= n;
      if (left < 0) {
        throw new IOException("too large (expected: less): " + what);
      }
    }

    @Override
    public void close() {}
  }
}
