package dev.deputy.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of AWS's published Signature Version 4 test suite, with the signatures published there.
 */
class SignatureTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          get-vanilla                         | GET  | /      |                             | host:example.amazonaws.com                                     |          | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-slashes                         | GET  | //     |                             | host:example.amazonaws.com                                     |          | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-slash-dot-slash                 | GET  | /./    |                             | host:example.amazonaws.com                                     |          | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-relative                        | GET  | /a/..  |                             | host:example.amazonaws.com                                     |          | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          get-vanilla-query-order-key-case    | GET  | /      | Param2=value2&Param1=value1 | host:example.amazonaws.com                                     |          | b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
          get-vanilla-empty-query-key         | GET  | /      | Param1=value1               | host:example.amazonaws.com                                     |          | a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb
          get-header-value-trim               | GET  | /      |                             | host:example.amazonaws.com;my-header1: value1;my-header2: "a   b   c" |   | acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736
          get-header-key-duplicate            | GET  | /      |                             | host:example.amazonaws.com;my-header1:value2;my-header1:value2;my-header1:value1 | | c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea
          post-vanilla                        | POST | /      |                             | host:example.amazonaws.com                                     |          | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
          post-vanilla-query                  | POST | /      | Param1=value1               | host:example.amazonaws.com                                     |          | 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
          post-x-www-form-urlencoded          | POST | /      |                             | content-type:application/x-www-form-urlencoded;host:example.amazonaws.com | Param1=value1 | ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a
          """)
  void publishedSignatureIsComputed(
      String name,
      String method,
      String path,
      String query,
      String headers,
      String body,
      String expected) {
    List<WireRequest.Header> list = new ArrayList<>();
    for (String header : headers.split(";")) {
      String[] pair = header.split(":", 2);
      list.add(new WireRequest.Header(pair[0], pair[1]));
    }
    list.add(new WireRequest.Header("X-Amz-Date", "20150830T123600Z"));
    var request =
        new WireRequest(
            method,
            path,
            query == null ? "" : query,
            list,
            (body == null ? "" : body).getBytes(UTF_8),
            "127.0.0.1");
    List<String> signed = list.stream().map(WireRequest.Header::name).distinct().sorted().toList();
    var authorization =
        new Authorization(
            "AKIDEXAMPLE", "20150830", "us-east-1", "service", "aws4_request", signed, "");

    assertThat(Signature.of(request, authorization, TIME, SECRET)).as(name).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          a=1&a=0             | a=0&a=1
          b=1&a               | a=&b=1
          a=%20b+c            | a=%20b%2Bc
          a=%7Eb%2f           | a=~b%2F
          A=1&a=2&B=3         | A=1&B=3&a=2
          a=%zz               | a=%25zz
          ሴ=bar               | %E1%88%B4=bar
          &&a=1&              | a=1
          """)
  void queryIsMadeCanonical(String query, String canonical) {
    assertThat(CanonicalRequest.query(query)).isEqualTo(canonical);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                   | /
          ///                 | /
          /a/b                | /a/b
          /a//b/              | /a/b/
          /a/./b              | /a/b
          /a/../b             | /b
          /../..              | /
          /a/b/..             | /a/
          /a%20b              | /a%2520b
          /a*b                | /a%2Ab
          """)
  void pathIsMadeCanonical(String path, String canonical) {
    assertThat(CanonicalRequest.path(path)).isEqualTo(canonical);
  }
}
