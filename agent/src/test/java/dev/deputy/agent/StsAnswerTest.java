package dev.deputy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsAnswerTest {
  @Test
  void textsOfTheInnermostElementsAreRead() {
    assertThat(StsAnswer.parse("<a xmlns='x'><b> <c>1 &amp; <![CDATA[2]]></c></b><d/></a>"))
        .containsEntry("c", "1 & 2")
        .containsEntry("d", "")
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "<a>",
        "<a><b>1</b><b>2</b></a>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a><b>&e;</b></a>",
        "<!DOCTYPE a><a><b>1</b></a>",
        "<a><b>&undefined;</b></a>"
      })
  void otherDocumentsAreRefusedWithoutRepeatingThem(String xml) {
    assertThatThrownBy(() -> StsAnswer.parse(xml))
        .isInstanceOf(CredentialsException.class)
        .hasMessage("STS's answer is not its XML")
        .hasNoCause();
  }
}
