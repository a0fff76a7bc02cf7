package dev.windrow.local;

import dev.windrow.engine.error.ErrorCode;
import dev.windrow.engine.job.JobReason;
import dev.windrow.model.Counted;
import dev.windrow.model.VirtualEnvironment;
import dev.windrow.worker.environment.EnvironmentException;
import dev.windrow.worker.environment.EnvironmentMaker;
import dev.windrow.worker.environment.EnvironmentMaker.Asker;
import dev.windrow.worker.environment.MadeEnvironment;
import dev.windrow.worker.process.PythonSearch;
import dev.windrow.worker.remote.EnvironmentUse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The Python of a fleet on this machine: found, and put into an environment when the job wants one.
 * The search begins at once, the making when the first instance needs it. Safe for use by several
 * threads.
 */
final class FleetPython implements AutoCloseable {

    /** Taken where there is none and none is needed, by an instance that only publishes. */
    private static final String ANY = "python3";

    private final Map<String, String> variables;
    private final Optional<VirtualEnvironment> wanted;
    private final EnvironmentMaker maker;
    private final FutureTask<PythonSearch.Answer> search;
    private State state;
    private @Nullable Thread making;
    private @Nullable EnvironmentUse use;
    private boolean closed;

    /** How far it is. */
    sealed interface State {

        /** Nobody has needed it yet. */
        record Unneeded() implements State {}

        /**
         * It is not there yet.
         *
         * @param sentence what is being done
         */
        record Making(String sentence) implements State {}

        /** It can be started. */
        record Ready(String python, Optional<MadeEnvironment> environment) implements State {}

        /** There can be none. */
        record Broken(JobReason reason) implements State {}
    }

    /**
     * @param search for the interpreter
     * @param variables of the user's, with their secrets
     * @param wanted environment; empty for the interpreter as it is
     */
    FleetPython(
            PythonSearch search,
            Map<String, String> variables,
            Optional<VirtualEnvironment> wanted,
            EnvironmentMaker maker) {
        this.search = new FutureTask<>(search::run);
        this.variables = variables;
        this.wanted = wanted;
        this.maker = maker;
        this.state = new State.Unneeded();
        Thread.ofPlatform().daemon().name("python-search").start(this.search);
    }

    /**
     * The interpreter for an instance, or how far it is. Blocks until the search has ended, a
     * moment; does not wait for an environment.
     *
     * @param log file of what is said while an environment is made
     */
    synchronized State needed(Path log) {
        if (state instanceof State.Unneeded) {
            state =
                    switch (found()) {
                        case PythonSearch.Answer.None(String message) ->
                                broken(ErrorCode.NO_PYTHON, message);
                        case PythonSearch.Answer.Found(String python, String _) ->
                                wanted.isEmpty()
                                        ? new State.Ready(python, Optional.empty())
                                        : make(wanted.get(), new Asker(python, variables, log));
                    };
        }
        return state;
    }

    /** What was found, for one who may never start it. Blocks as {@link #needed} does. */
    String plain() {
        return found() instanceof PythonSearch.Answer.Found(String python, String _) ? python : ANY;
    }

    /** How far it is; never waits. */
    synchronized State state() {
        return state;
    }

    /** True when there is something to be made, and it is not there. */
    synchronized boolean isMissing() {
        return wanted.isPresent() && !(state instanceof State.Ready);
    }

    private PythonSearch.Answer found() {
        try {
            return search.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new PythonSearch.Answer.None("python: the search was interrupted");
        } catch (ExecutionException e) {
            return new PythonSearch.Answer.None("python: " + e.getCause());
        }
    }

    private static State broken(ErrorCode code, String message) {
        return new State.Broken(new JobReason(code, message));
    }

    private State make(VirtualEnvironment what, Asker asker) {
        making = Thread.ofPlatform().daemon().name("environment").start(() -> made(what, asker));
        return new State.Making(
                "the Python environment is being prepared (%s for pip)"
                        .formatted(Counted.of(what.pip().size(), "line", "lines")));
    }

    private void made(VirtualEnvironment what, Asker asker) {
        try {
            MadeEnvironment made = maker.make(what, asker);
            use(made);
            set(new State.Ready(made.python(), Optional.of(made)));
        } catch (EnvironmentException e) {
            set(broken(ErrorCode.ENVIRONMENT_NOT_MADE, String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            set(broken(ErrorCode.INTERNAL, "environment: " + e));
        } catch (InterruptedException _) {
            // The job needs it no more.
            set(new State.Unneeded());
        }
    }

    private synchronized void use(MadeEnvironment made) {
        if (!closed) {
            use = EnvironmentUse.of(made);
        }
    }

    private synchronized void set(State next) {
        state = next;
    }

    /** Ends what is being made; its process ends by itself soon after. */
    @Override
    public synchronized void close() {
        closed = true;
        if (making != null) {
            making.interrupt();
        }
        if (use != null) {
            use.close();
        }
    }
}
