package dev.deputy.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deputy.core.BuildId;
import dev.deputy.core.BuildState;
import dev.deputy.core.Notices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NotificationTest {
  private static final BuildId BUILD = World.build("shop", 1);

  @TempDir Path folder;
  private World world = new World(Path.of(""));
  private final List<Notices.Notice> sent = new CopyOnWriteArrayList<>();

  private final class Recorded implements Notices {
    @Override
    public boolean sends(Notice notice) {
      return true;
    }

    @Override
    public Optional<Posted> send(Notice notice) throws IOException {
      sent.add(notice);
      if (notice instanceof ChatMessage message && message.text().equals("fault")) {
        throw new IllegalArgumentException("invalid header value: \"Bearer xoxb-0815\"");
      }
      if (notice instanceof Mail mail && mail.subject().equals("refused")) {
        throw new IOException("mail.example.org:25: 550 no such user");
      }
      if (notice instanceof ChatMessage message && message.text().equals("refused")) {
        throw new IOException("Slack answered: channel_not_found");
      }
      return notice instanceof ChatMessage
          ? Optional.of(new Posted("C1", "17.0" + sent.size()))
          : Optional.empty();
    }
  }

  @BeforeAll
  static void expectDeath() {
    RestartTest.expectDeath();
  }

  @AfterAll
  static void forget() {
    RestartTest.forget();
  }

  @BeforeEach
  void begin() {
    world = new World(folder);
    BuildSettings plain = Bench.settings();
    world.settings =
        new BuildSettings(
            plain.templates(),
            plain.defaultAgent(),
            plain.accounts(),
            Optional.empty(),
            new BuildResources(
                plain.resources().credentials(), plain.resources().libraries(), new Recorded()));
  }

  private BuildState run(String text) {
    return world.life().run("shop", text).orElseThrow().state();
  }

  @Test
  void aMailHasWhatTheStepSays() {
    assertThat(
            run(
                """
                mail to: 'a@x.org, b@x.org', cc: 'c@x.org', bcc: 'd@x.org', from: 'f@x.org',
                     replyTo: 'r@x.org', subject: "one\\ntwo", body: '<b>x</b>', mimeType: 'text/html'
                """))
        .as(world.log(BUILD))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(sent)
        .containsExactly(
            new Notices.Mail(
                new Notices.Recipients(
                    List.of("a@x.org", "b@x.org"), List.of("c@x.org"), List.of("d@x.org")),
                Optional.of("f@x.org"),
                Optional.of("r@x.org"),
                "one two",
                "<b>x</b>",
                true));
    assertThat(world.log(BUILD)).contains("Sent to a@x.org, b@x.org, c@x.org, d@x.org: one two\n");
  }

  @Test
  void aMailThatIsNotTakenFailsMailAndNotEmailext() {
    assertThat(run("emailext to: 'a@x.org', subject: 'refused', body: 'b'; echo 'goes on'"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(BUILD))
        .contains(
            "ERROR: emailext: not sent: mail.example.org:25: 550 no such user\ngoes on\n"
                .replace("\ngoes on", "\n[Pipeline] echo\ngoes on"));
    assertThat(run("mail to: 'a@x.org', subject: 'refused', body: 'b'"))
        .isEqualTo(BuildState.FAILURE);
    assertThat(run("mail subject: 's', body: 'b'")).isEqualTo(BuildState.FAILURE);
    assertThat(run("emailext subject: 's', body: 'b'")).isEqualTo(BuildState.SUCCESS);
  }

  @Test
  void aChatMessageFailsTheBuildOnlyWhereItIsToldTo() {
    assertThat(run("slackSend channel: '#c', color: 'good', message: 'refused', token: 'hunter2'"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(BUILD))
        .contains("WARNING: slackSend: token has no effect")
        .contains("ERROR: slackSend: not sent: Slack answered: channel_not_found\n")
        .doesNotContain("hunter2");
    assertThat(run("slackSend message: 'refused', failOnError: true"))
        .isEqualTo(BuildState.FAILURE);
    assertThat(sent)
        .first()
        .isEqualTo(new Notices.ChatMessage(Optional.of("#c"), Optional.of("good"), "refused"));
  }

  /** Its words may hold a secret of the configuration. */
  @Test
  void aFaultOfTheSenderIsNotShown() {
    assertThat(run("slackSend message: 'fault'; echo 'goes on'")).isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(BUILD))
        .contains("ERROR: slackSend: not sent: IllegalArgumentException\n")
        .contains("goes on\n")
        .doesNotContain("xoxb-0815");
  }

  @Test
  void aMessageIsAnsweredInItsThreadAndReplaced() {
    assertThat(
            run(
                """
                def first = slackSend channel: '#a, #b', message: 'begun'
                slackSend channel: first.threadId, message: 'step', replyBroadcast: true
                slackSend channel: first.channelId, timestamp: first.ts, message: 'done'
                echo "${first.threadId} ${first.ts}"
                """))
        .as(world.log(BUILD))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(sent)
        .extracting(notice -> ((Notices.ChatMessage) notice).room())
        .containsExactly(
            new Notices.Room(Optional.of("#a"), Optional.empty(), Optional.empty(), false),
            new Notices.Room(Optional.of("#b"), Optional.empty(), Optional.empty(), false),
            new Notices.Room(Optional.of("C1"), Optional.of("17.01"), Optional.empty(), true),
            new Notices.Room(Optional.of("C1"), Optional.empty(), Optional.of("17.01"), false));
    assertThat(world.log(BUILD)).contains("C1:17.01 17.01\n");
  }

  @Test
  void attachmentsAndBlocksAreHandedOn() {
    assertThat(
            run(
                """
                slackSend attachments: [[text: 'a', color: '#fff']],
                          blocks: '[{"type": "divider"}]'
                slackSend message: 'x', blocks: ['no map']
                """))
        .isEqualTo(BuildState.FAILURE);
    assertThat(sent)
        .extracting(notice -> ((Notices.ChatMessage) notice).layout())
        .containsExactly(
            new Notices.Layout(
                List.of(Map.of("text", "a", "color", "#fff")), List.of(Map.of("type", "divider"))));
    assertThat(world.log(BUILD)).contains("slackSend: blocks: expected a list of maps");
  }

  /** In JSON a quote is written in another way, and so would pass. */
  @Test
  void secretsAreHiddenInBlocks() {
    String secret = "pa\"ss\\word";
    world.parameters = new BuildParameters(Map.of("PASSWORD", secret), Set.of("PASSWORD"));
    assertThat(
            run(
                """
                slackSend blocks: [[type: 'section', text: [text: "b ${params.PASSWORD}"]]],
                          attachments: [[(params.PASSWORD): [params.PASSWORD]]], color: params.PASSWORD
                """))
        .as(() -> world.log(BUILD))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().toString()).contains("b ****").doesNotContain("pa\"ss");
  }

  @Test
  @Timeout(20)
  void listsOfAddressesAreReadInOnePass() {
    assertThat(run("emailext to: '<' + '\",'.multiply(20000) + 'x@x.org', subject: 's', body: 'b'"))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(run("mail to: 'x,'.multiply(60000), subject: 's', body: 'b'"))
        .isEqualTo(BuildState.FAILURE);
    assertThat(world.log(World.build("shop", 2))).contains("(expected: at most 100000)");
  }

  /** What came after the one that was on its way was certainly not sent. */
  @Test
  void aKillLeavesOneOfSeveralChannelsInDoubtAtMost() {
    String text = "slackSend channel: 'a,b,c', message: 'm'\necho 'after'";
    for (int entries = 0; ; entries++) {
      begin(folder.resolve("run" + entries));
      sent.clear();
      if (world.life(entries, false).run("shop", text).isPresent()) {
        assertThat(entries).isGreaterThan(4);
        return;
      }
      assertThat(world.life().goOn(BUILD).orElseThrow().state()).isEqualTo(BuildState.SUCCESS);
      assertThat(sent).as(() -> world.log(BUILD)).hasSizeBetween(2, 3).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatHasNoEffectIsSaid() {
    assertThat(
            run(
                """
                emailext to: 'a@x.org', subject: 's', body: 'b', attachLog: true, saveOutput: false
                """))
        .isEqualTo(BuildState.SUCCESS);
    assertThat(world.log(BUILD))
        .contains("WARNING: emailext: attachLog has no effect: ")
        .doesNotContain("saveOutput has");
  }

  @Test
  void addressesMayHaveNames() {
    run(
        """
        mail to: 'Ann Doe <a@x.org>; "Doe, Ben" <b@x.org>, cc:c@x.org', subject: 's', body: 'b'
        """);
    run("mail to: 'a@x.org b@x.org', subject: 's', body: 'b'");
    assertThat(sent)
        .extracting(notice -> ((Notices.Mail) notice).recipients().to())
        .containsExactly(
            List.of("Ann Doe <a@x.org>", "\"Doe, Ben\" <b@x.org>"), List.of("a@x.org", "b@x.org"));
  }

  /** Whoever was killed while it was on its way can not know whether it arrived. */
  @Test
  void noKillSendsAMailTwice() {
    String text = "echo 'before'\nmail to: 'a@x.org', subject: 's', body: 'b'\necho 'after'";
    int entries = 0;
    while (true) {
      for (boolean forgetful : List.of(false, true)) {
        begin(folder.resolve("run" + entries + forgetful));
        sent.clear();
        Optional<BuildOutcome> outcome = world.life(entries, forgetful).run("shop", text);
        if (outcome.isPresent()) {
          assertThat(entries).isGreaterThan(4);
          return;
        }
        int before = sent.size();
        assertThat(world.life().goOn(BUILD).orElseThrow().state()).isEqualTo(BuildState.SUCCESS);
        assertThat(sent.size()).isLessThanOrEqualTo(1);
        assertThat(world.log(BUILD)).containsOnlyOnce("after\n");
        if (before == 1 && !world.log(BUILD).contains("Sent to")) {
          assertThat(world.log(BUILD)).contains("it may have been sent, and is not sent again");
        }
      }
      entries++;
    }
  }

  private void begin(Path at) {
    BuildSettings settings = world.settings;
    world = new World(at);
    world.settings = settings;
  }
}
