package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.runtime.host.Declared;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server in this process, and the command's verbs against it. */
final class Served implements AutoCloseable {

    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final RunningServer server;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Served(Path home) throws IOException {
        this(home, new ServerConfig(home, "127.0.0.1", 0, Optional.empty(), HostLimits.DEFAULT));
    }

    Served(Path home, ServerConfig config) throws IOException {
        ServerProvider provider = ServiceLoader.load(ServerProvider.class).iterator().next();
        server = provider.start(config, "test", (what, fault) -> faults.add(what + ": " + fault));
        environment.put("WINDROW_HOME", home.toString());
        environment.put("WINDROW_CONFIG", home.resolve("config.yml").toString());
        environment.put("WINDROW_SERVER", server.url());
    }

    /** Has the server declare what the command's options say. */
    Served declaring(Declared declared, List<String> told) {
        server.declare(declared, told::add);
        return this;
    }

    String url() {
        return server.url();
    }

    Served with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Served without(String name) {
        environment.remove(name);
        return this;
    }

    int windrow(String... typed) {
        out.reset();
        err.reset();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        Map.copyOf(environment),
                        () -> Instant.EPOCH,
                        Instant.EPOCH);
        return new Windrow(shell, Verbs.ALL).run(typed);
    }

    /** What it prints when it ends well. */
    String done(String... typed) {
        assertThat(windrow(typed)).as(err()).isZero();
        return out();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        assertThat(faults).isEmpty();
    }
}
