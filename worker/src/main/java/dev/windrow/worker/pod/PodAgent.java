package dev.windrow.worker.pod;

import dev.windrow.disk.DiskFolders;
import dev.windrow.protocol.Trouble;
import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.PythonSearch;
import dev.windrow.worker.remote.Complaint;
import dev.windrow.worker.remote.FarAgent;
import dev.windrow.worker.remote.JoiningAgent;
import dev.windrow.worker.remote.JoiningAgent.Answer;
import dev.windrow.worker.remote.ProcessEnd;
import dev.windrow.worker.remote.TlsFault;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent that is the main process of a pod. It asks its job's server what there is to do, works
 * in a folder of its own, and says on standard output, which is what {@code kubectl logs} shows,
 * how it goes.
 */
final class PodAgent {

    /** A server that is being moved may be away for so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** On a volume the folder around those of all jobs. */
    private static final Path HIDDEN = Path.of(".windrow");

    private static final int MAKE_TRIES = 5;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final PodSetting setting;
    private final PrintStream out;
    private final InstantSource clock;
    private final ProcessEnd end;
    private String lastSaid = "";

    PodAgent(PodSetting setting, PrintStream out, InstantSource clock, ProcessEnd end) {
        this.setting = setting;
        this.out = out;
        this.clock = clock;
        this.end = end;
    }

    /** Works until the job has ended; gives why it ended before. Blocks. */
    Optional<String> run() throws IOException, InterruptedException {
        say("instance %d asks %s what to do".formatted(setting.instance(), setting.server()));
        Instant began = clock.instant();
        while (true) {
            switch (ask()) {
                case Answer.Joined(AgentConfig config) -> {
                    return work(config);
                }
                case Answer.Gone _ -> {
                    say("the job has ended, or goes on without this instance");
                    return Optional.empty();
                }
                case Answer.Refused(String why) -> {
                    return Optional.of("server %s: %s".formatted(setting.server(), why));
                }
                case Answer.NotYet _ -> pause(began);
            }
        }
    }

    private Answer ask() throws InterruptedException {
        try {
            Answer answer =
                    JoiningAgent.join(
                            setting.server(), setting.token(), OptionalInt.of(setting.instance()));
            if (answer instanceof Answer.NotYet) {
                say("the job waits for its turn");
            }
            return answer;
        } catch (ConnectException | HttpTimeoutException _) {
            say("nobody answers at %s yet".formatted(setting.server()));
        } catch (IOException e) {
            String why =
                    TlsFault.of(setting.server(), e).map(TlsFault::sentence).orElseGet(e::toString);
            say("server %s: %s".formatted(setting.server(), why));
        }
        return new Answer.NotYet();
    }

    private void pause(Instant began) throws IOException, InterruptedException {
        if (Duration.between(began, clock.instant()).compareTo(PATIENCE) > 0) {
            throw new IOException(
                    "server %s: nothing to do after %d minutes"
                            .formatted(setting.server(), PATIENCE.toMinutes()));
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Optional<String> work(AgentConfig config) throws IOException, InterruptedException {
        String job = config.setup().job();
        say("joined job %s as instance %d".formatted(job, config.settings().agent()));
        Optional<String> unmade = unmade(config);
        if (unmade.isPresent()) {
            return complain(config, Trouble.OUTPUT_UNWRITABLE, unmade.get());
        }
        // What the user sets for the script counts as well.
        Map<String, String> environment = new HashMap<>(setting.environment());
        environment.putAll(config.setup().environment());
        return switch (new PythonSearch(environment).run()) {
            case PythonSearch.Answer.None(String message) ->
                    complain(config, Trouble.NO_PYTHON, message);
            case PythonSearch.Answer.Found(String python, String _) ->
                    work(
                            config.with(
                                    config.setup().on(python, Devices.find().indexes()),
                                    config.files()),
                            job);
        };
    }

    /** Makes the folders of outputs; gives what is wrong. */
    private static Optional<String> unmade(AgentConfig config) {
        for (Path folder : config.outfit().folders()) {
            try {
                make(folder);
            } catch (IOException e) {
                return Optional.of(
                        "folder: %s cannot be made (expected: on a volume that user %s of the job's pods may write to): %s"
                                .formatted(folder, System.getProperty("user.name"), e));
            }
        }
        return Optional.empty();
    }

    /** The agent of another job may remove the folder around it just now, while that is empty. */
    private static void make(Path folder) throws IOException {
        for (int left = MAKE_TRIES; left > 1; left--) {
            try {
                Files.createDirectories(folder);
                return;
            } catch (NoSuchFileException _) {
                // Made again by the next try.
            }
        }
        Files.createDirectories(folder);
    }

    /** Without it the job would get one pod after another that can do nothing. */
    private Optional<String> complain(AgentConfig config, Trouble trouble, String why)
            throws InterruptedException {
        Complaint complaint =
                new Complaint(setting.server(), setting.token(), config.settings().agent());
        if (!complaint.make(trouble, why)) {
            say("the server did not take the reason");
        }
        return Optional.of(why);
    }

    private Optional<String> work(AgentConfig config, String job)
            throws IOException, InterruptedException {
        // A container that is started again finds what the one before has left.
        Path folder = Files.createTempDirectory(setting.work(), "agent-");
        // At the same path in all pods of the job, so that one can use what another has made.
        AgentConfig here = config.keepingEnvironments(setting.work().resolve("environments"));
        FarAgent agent = new FarAgent(setting.server(), setting.token(), here, folder);
        agent.fetch();
        Optional<String> lack = config.outfit().lack();
        if (lack.isPresent()) {
            return complain(
                    config,
                    Trouble.INPUT_UNREADABLE,
                    "%s on instance %d (expected: a path that the job's pods see and may read)"
                            .formatted(lack.get(), config.settings().agent()));
        }
        Optional<Path> unseen = config.data().filter(Files::notExists).findFirst();
        if (unseen.isPresent()) {
            return complain(
                    config,
                    Trouble.INPUT_UNREADABLE,
                    "folder: %s is not there in the job's pods (expected: on a volume that pods see at this path)"
                            .formatted(unseen.get()));
        }
        end.by(agent::leave);
        if (config.environment().isPresent()) {
            say("prepares the Python environment first, which may take minutes");
        }
        say(
                "works with %d %s (%s)"
                        .formatted(
                                config.settings().workers(),
                                config.settings().workers() == 1 ? "worker" : "workers",
                                config.setup().python()));
        FarAgent.Ended ended =
                agent.run(() -> {
                    if (forgetSegments(config.files().segments())) {
                        agent.saySegmentsRemoved();
                    }
                });
        if (!ended.shipped()) {
            say("not all logs were sent" + ended.trouble().map(why -> ": " + why).orElse(""));
        }
        if (ended.unmade().isPresent()) {
            return complain(config, Trouble.ENVIRONMENT_NOT_MADE, ended.unmade().get());
        }
        say("job %s: %s".formatted(job, ended.why().orElse("nothing more to do")));
        return ended.why();
    }

    /** The server does not see them. Each agent that is there at the end does it. */
    private boolean forgetSegments(Path segments) {
        try {
            DiskFolders.delete(segments);
            Path around = segments.getParent();
            if (around != null && around.endsWith(HIDDEN)) {
                Files.deleteIfExists(around);
            }
            return true;
        } catch (DirectoryNotEmptyException _) {
            // Other jobs have rows there.
            return true;
        } catch (IOException e) {
            say("not all segments were removed: " + e);
            return false;
        }
    }

    /** What has just been said is not repeated. */
    private void say(String text) {
        if (!text.equals(lastSaid)) {
            lastSaid = text;
            out.println(clock.instant() + " " + text);
            out.flush();
        }
    }
}
