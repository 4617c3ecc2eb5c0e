package dev.deputy.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a task's command is kept apart from the host and bound to the life of the sandbox's process.
 * Every way puts the command into a session of its own, so that Ctrl-C in the sandbox's terminal
 * does not reach it.
 */
sealed interface TaskConfinement {

  /**
   * The place in which a task runs.
   *
   * @param directory its private writable directory on the host
   * @param readable paths to show although they lie in a hidden place
   * @param hidden directories of the host that the task must not see
   * @param init whether a small init process reaps orphans and the command is not process 1
   */
  record Place(Path directory, List<Path> readable, Set<Path> hidden, boolean init) {}

  /** Its own name. */
  String name();

  /**
   * What the sandbox says of it: the name where tasks are kept from the host's files, else {@code
   * none}.
   */
  default String isolation() {
    return "none";
  }

  /** The command to start so that {@code command} runs confined. */
  List<String> wrap(Place place, List<String> command);

  /** Where the task finds its private directory. */
  default Path home(Place place) {
    return place.directory();
  }

  /** Whether the command's processes have a namespace of their own, and end with its first one. */
  default boolean hasNamespace() {
    return true;
  }

  /** The process of the task's command, once it is there. */
  Optional<ProcessHandle> command(ProcessHandle started, Place place);

  /** The strongest way that works here. */
  static TaskConfinement strongest(HostPrograms programs) {
    return candidates(programs).stream()
        .filter(TaskConfinement::works)
        .findFirst()
        .orElseGet(() -> new Unconfined(List.of(), Optional.empty()));
  }

  /** The ways whose programs are installed here, the strongest first. */
  static List<TaskConfinement> candidates(HostPrograms programs) {
    boolean root = "root".equals(System.getProperty("user.name"));
    Optional<Path> setpriv = programs.find("setpriv");
    List<String> session =
        programs.find("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of());
    List<TaskConfinement> candidates = new ArrayList<>();
    programs.find("bwrap").ifPresent(bwrap -> candidates.add(new Bubblewrap(session, bwrap, root)));
    programs
        .find("unshare")
        .ifPresent(unshare ->
            setpriv.ifPresent(
                program -> candidates.add(new PidNamespace(session, program, unshare, root))));
    candidates.add(new Unconfined(session, setpriv));
    return candidates;
  }

  /** Whether the kernel permits it. */
  default boolean works() {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    Place place = new Place(directory, List.of(), Set.of(), false);
    return HostPrograms.succeeds(wrap(place, List.of("/bin/true")));
  }

  /**
   * bubblewrap: the host's files read-only, private /tmp, /run and home directories, an own process
   * namespace that dies with the sandbox. The network is the host's, because the sandbox answers on
   * its loopback address.
   */
  record Bubblewrap(List<String> session, Path program, boolean root) implements TaskConfinement {
    private static final Path HOME = Path.of("/home/task");

    /** What of Docker's default a task needs to hand its work to another user. */
    private static final List<String> CAPABILITIES =
        List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID");

    @Override
    public String name() {
      return "bubblewrap";
    }

    @Override
    public String isolation() {
      return name();
    }

    @Override
    public Path home(Place place) {
      return HOME;
    }

    @Override
    public List<String> wrap(Place place, List<String> command) {
      List<String> line = new ArrayList<>(session);
      line.addAll(List.of(program.toString(), "--die-with-parent", "--new-session"));
      line.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts"));
      line.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
      List<Path> hidden = hidden(place.hidden());
      for (Path directory : hidden) {
        String mode =
            directory.startsWith("/tmp") || directory.startsWith("/var/tmp") ? "1777" : "0755";
        line.addAll(List.of("--perms", mode, "--tmpfs", directory.toString()));
      }
      for (Path path : readable(place)) {
        wayTo(path, hidden)
            .forEach(folder -> line.addAll(List.of("--perms", "0755", "--dir", folder.toString())));
        line.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
      line.addAll(List.of("--bind", place.directory().toString(), HOME.toString()));
      line.addAll(List.of("--chdir", HOME.toString()));
      if (root) {
        line.addAll(List.of("--cap-drop", "ALL"));
        CAPABILITIES.forEach(capability -> line.addAll(List.of("--cap-add", capability)));
      }
      if (!place.init()) {
        line.add("--as-pid-1");
      }
      line.add("--");
      line.addAll(command);
      return line;
    }

    /**
     * The folders between a hidden one and a path in it: made by us, because bubblewrap lets only
     * root pass through those that it makes itself, and steps run as somebody else.
     */
    private static List<Path> wayTo(Path path, List<Path> hidden) {
      List<Path> folders = new ArrayList<>();
      for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
        if (hidden.contains(folder)) {
          return folders.reversed();
        }
        folders.add(folder);
      }
      return List.of();
    }

    private static List<Path> hidden(Set<Path> asked) {
      Set<Path> all = new LinkedHashSet<>(asked);
      for (String name : List.of("/tmp", "/var/tmp", "/run", "/root", "/home")) {
        all.add(Path.of(name));
      }
      List<Path> tops =
          all.stream()
              .filter(directory -> directory.getNameCount() > 0 && Files.isDirectory(directory))
              .filter(directory ->
                  all.stream().noneMatch(o -> !o.equals(directory) && directory.startsWith(o)))
              .sorted()
              .toList();
      List<Path> result = new ArrayList<>(tops);
      if (!result.contains(Path.of("/home"))) {
        result.add(Path.of("/home"));
      }
      return result;
    }

    /** Name resolution often points into /run. */
    private static List<Path> readable(Place place) {
      List<Path> paths = new ArrayList<>(place.readable());
      Path resolver = Path.of("/etc/resolv.conf");
      if (Files.isSymbolicLink(resolver) && Files.exists(resolver)) {
        try {
          paths.add(resolver.toRealPath());
        } catch (java.io.IOException _) {
          return paths;
        }
      }
      return paths;
    }

    @Override
    public Optional<ProcessHandle> command(ProcessHandle started, Place place) {
      return commandInNamespace(started, place);
    }
  }

  /** unshare: an own process namespace that dies with the sandbox; the files are the host's. */
  record PidNamespace(List<String> session, Path setpriv, Path unshare, boolean root)
      implements TaskConfinement {
    /** A shell that hands its input on, waits for the command, and ends with its status. */
    private static final List<String> INIT =
        List.of("/bin/sh", "-c", "exec 3<&0; \"$@\" <&3 3<&- & wait $!", "init");

    @Override
    public String name() {
      return "pid-namespace";
    }

    @Override
    public List<String> wrap(Place place, List<String> command) {
      List<String> line = new ArrayList<>(session);
      line.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", unshare.toString()));
      if (!root) {
        line.addAll(List.of("--user", "--map-current-user"));
      }
      line.addAll(List.of("--pid", "--fork", "--kill-child", "--mount-proc", "--"));
      if (place.init()) {
        line.addAll(INIT);
      }
      line.addAll(command);
      return line;
    }

    @Override
    public Optional<ProcessHandle> command(ProcessHandle started, Place place) {
      return commandInNamespace(started, place);
    }
  }

  /**
   * Nothing but a session of its own and, where setpriv is there, an end of the command (not of
   * what it started) with the sandbox.
   */
  record Unconfined(List<String> session, Optional<Path> setpriv) implements TaskConfinement {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public boolean hasNamespace() {
      return false;
    }

    @Override
    public List<String> wrap(Place place, List<String> command) {
      List<String> line = new ArrayList<>(session);
      setpriv.ifPresent(
          program -> line.addAll(List.of(program.toString(), "--pdeathsig", "KILL", "--")));
      line.addAll(command);
      return line;
    }

    @Override
    public Optional<ProcessHandle> command(ProcessHandle started, Place place) {
      return Optional.of(started);
    }
  }

  /** The namespace's first process, or the one that it waits for where it is but an init. */
  private static Optional<ProcessHandle> commandInNamespace(ProcessHandle started, Place place) {
    Optional<ProcessHandle> first = firstChild(started);
    return place.init() ? first.flatMap(TaskConfinement::firstChild) : first;
  }

  private static Optional<ProcessHandle> firstChild(ProcessHandle parent) {
    return parent.children().min(Comparator.comparingLong(ProcessHandle::pid));
  }
}
