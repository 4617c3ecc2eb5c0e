package dev.deputy.sandbox;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the XML that S3 requests have for a body. */
final class S3Document {
  private S3Document() {}

  /** The texts of one repeated element. */
  record Entry(Map<String, String> texts) {
    String text(String name) {
      return Optional.ofNullable(texts.get(name)).orElseThrow(S3Document::malformed);
    }
  }

  /**
   * The elements of this name, with the texts of their members.
   *
   * @throws AwsException when it is not such a document
   */
  static List<Entry> entries(byte[] xml, String element) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Entry> entries = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals(element)) {
          entries.add(entry(reader, element));
        }
      }
      return entries;
    } catch (XMLStreamException _) {
      throw malformed();
    }
  }

  private static Entry entry(XMLStreamReader reader, String element) throws XMLStreamException {
    Map<String, String> texts = new LinkedHashMap<>();
    while (true) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        texts.put(reader.getLocalName(), reader.getElementText());
      } else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(element)) {
        return new Entry(texts);
      }
    }
  }

  private static AwsException malformed() {
    return AwsException.of(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }
}
