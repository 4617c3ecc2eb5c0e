package dev.deputy.agent;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads STS's answers: the texts of the innermost elements by their names. */
final class StsAnswer {
  private static final int MAX_LENGTH = 64 << 10;

  private StsAnswer() {}

  /**
   * The elements' texts; no document type, no entities but XML's own.
   *
   * @throws CredentialsException where it is not such a document
   */
  static Map<String, String> parse(String xml) {
    if (xml.length() > MAX_LENGTH) {
      throw new CredentialsException("STS's answer is too long");
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      try {
        return leaves(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new CredentialsException("STS's answer is not its XML"); // the cause repeats the text
    }
  }

  private static Map<String, String> leaves(XMLStreamReader reader) throws XMLStreamException {
    Map<String, String> leaves = new HashMap<>();
    StringBuilder text = new StringBuilder();
    boolean leaf = false;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          leaf = true;
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          if (leaf && leaves.put(reader.getLocalName(), text.toString().strip()) != null) {
            throw new XMLStreamException("an element twice");
          }
          leaf = false;
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException("a document type");
        default -> {}
      }
    }
    return leaves;
  }
}
