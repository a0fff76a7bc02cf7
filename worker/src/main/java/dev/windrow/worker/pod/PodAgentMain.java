package dev.windrow.worker.pod;

import dev.windrow.worker.AgentConfig;
import dev.windrow.worker.process.Devices;
import dev.windrow.worker.process.Interpreter;
import dev.windrow.worker.remote.FarAgent;
import dev.windrow.worker.remote.JoiningAgent;
import dev.windrow.worker.remote.JoiningAgent.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where an agent in a pod begins. It asks its job's server what there is to do, works in a folder
 * of its own, and says on standard output, which is what {@code kubectl logs} shows, how it goes.
 */
public final class PodAgentMain {

    /** A server that is being moved may be away for so long. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** Shorter than the time that a pod is given to end. */
    private static final long END_SECONDS = 20;

    private static final int FAILED = 1;

    private final PodSetting setting;
    private final PrintStream out;
    private final InstantSource clock;

    PodAgentMain(PodSetting setting, PrintStream out, InstantSource clock) {
        this.setting = setting;
        this.out = out;
        this.clock = clock;
    }

    /** Runs; the exit status is 0 when the job needs the agent no more. */
    public static void main(String[] args) throws InterruptedException {
        Optional<String> why;
        try {
            PodSetting setting = PodSetting.of(System.getenv());
            PodAgentMain agent = new PodAgentMain(setting, System.out, InstantSource.system());
            CountDownLatch done = new CountDownLatch(1);
            endWithThePod(Thread.currentThread(), done);
            try {
                why = agent.run();
            } finally {
                done.countDown();
            }
        } catch (IOException e) {
            why = Optional.of(String.valueOf(e.getMessage()));
        }
        // Last, so that a cluster that keeps only the last words keeps these.
        why.ifPresent(text -> System.err.println("agent: " + text));
        Runtime.getRuntime().halt(why.isPresent() ? FAILED : 0);
    }

    /** When the pod is told to end, what was not begun is given back and logs are shipped first. */
    private static void endWithThePod(Thread worker, CountDownLatch done) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            worker.interrupt();
                            try {
                                boolean _ = done.await(END_SECONDS, TimeUnit.SECONDS);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }

    /** Works until the job has ended; gives why it ended before. */
    Optional<String> run() throws IOException, InterruptedException {
        say(
                "instance %d asks %s what there is to do"
                        .formatted(setting.instance(), setting.server()));
        Instant began = clock.instant();
        while (true) {
            Answer answer = ask();
            switch (answer) {
                case Answer.Joined(AgentConfig config) -> {
                    return work(config);
                }
                case Answer.Gone _ -> {
                    say("the job has ended, or goes on without this instance");
                    return Optional.empty();
                }
                case Answer.Refused(String why) -> {
                    return Optional.of(why);
                }
                case Answer.NotYet _ -> pause(began);
            }
        }
    }

    private Answer ask() throws InterruptedException {
        try {
            return JoiningAgent.join(
                    setting.server(), setting.token(), OptionalInt.of(setting.instance()));
        } catch (IOException e) {
            say("%s: %s".formatted(setting.server(), e));
            return new Answer.NotYet();
        }
    }

    private void pause(Instant began) throws IOException, InterruptedException {
        if (Duration.between(began, clock.instant()).compareTo(PATIENCE) > 0) {
            throw new IOException(
                    "%s: nothing to do after %d minutes"
                            .formatted(setting.server(), PATIENCE.toMinutes()));
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Optional<String> work(AgentConfig given) throws IOException, InterruptedException {
        String python = Interpreter.find(setting.python());
        AgentConfig config =
                given.with(given.setup().on(python, Devices.find().indexes()), given.files());
        say(
                "job %s, instance %d: %d workers (%s)"
                        .formatted(
                                config.setup().job(),
                                config.settings().agent(),
                                config.settings().workers(),
                                python));
        // A container that is started again finds what the one before has left.
        Path folder = Files.createTempDirectory(setting.work(), "agent-");
        FarAgent agent = new FarAgent(setting.server(), setting.token(), config, folder);
        agent.fetchCode();
        FarAgent.Ended end = agent.run();
        if (!end.shipped()) {
            say("not all logs were sent" + end.trouble().map(why -> ": " + why).orElse(""));
        }
        say("job %s: %s".formatted(config.setup().job(), end.why().orElse("nothing more to do")));
        return end.why();
    }

    private void say(String text) {
        out.println(clock.instant() + " " + text);
        out.flush();
    }
}
