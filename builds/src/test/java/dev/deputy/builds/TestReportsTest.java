package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportsTest {
  private final TestReports reports = new TestReports();

  private void read(String xml) throws IOException {
    reports.read("r.xml", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void testsAreCountedByTheirEnd() throws IOException {
    read(
        """
        <?xml version="1.0"?>
        <testsuites><testsuite name="s"><properties><property name="a" value="b"/></properties>
          <testcase name="ok" classname="C"/>
          <testcase name="bad" classname="C"><failure message="expected 1">at C</failure><system-out>x</system-out></testcase>
          <testcase name="worse"><error>boom</error><failure/></testcase>
          <testcase name="left out" classname="C"><skipped/></testcase>
          <testsuite name="inner"><testcase name="deep"/></testsuite>
        </testsuite></testsuites>
        """);
    assertThat(reports.total()).isEqualTo(5);
    assertThat(reports.failed()).isEqualTo(2);
    assertThat(reports.skipped()).isEqualTo(1);
    assertThat(reports.passed()).isEqualTo(2);
    assertThat(reports.failures())
        .containsExactly(
            new TestReports.Failure("C", "bad", "expected 1"),
            new TestReports.Failure("s", "worse", ""));
  }

  @Test
  void externalEntitiesAreNeverRead(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "TOPSECRET");
    assertThatThrownBy(() ->
            read(
                "<!DOCTYPE t [<!ENTITY x SYSTEM \""
                    + secret.toUri()
                    + "\">]><testsuite name='s'><testcase name='a'><failure"
                    + " message='m'>&x;</failure></testcase></testsuite>"))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("TOPSECRET");
  }

  @Test
  void entityBombsAreRefused() {
    assertThatThrownBy(() ->
            read(
                "<!DOCTYPE t [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"
                    + "<testsuite name='&b;'/>"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no test report: r.xml");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> read("<a>".repeat(100_000))).hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> read("<testcase>" + "<a>".repeat(100_000)))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void whatIsNoXmlIsRefusedWithItsName() {
    assertThatThrownBy(() -> read("oops")).hasMessageStartingWith("no test report: r.xml");
  }
}
