package dev.windrow.cli;

import dev.windrow.engine.error.EngineException;
import dev.windrow.engine.error.ErrorCode;
import dev.windrow.runtime.compute.PodImages;
import dev.windrow.runtime.host.Declared;
import dev.windrow.runtime.host.HostLimits;
import dev.windrow.runtime.host.Quota;
import dev.windrow.runtime.host.ServerConfig;
import dev.windrow.runtime.host.ServerConfig.ManagementAddress;
import dev.windrow.runtime.host.ServerProvider;
import dev.windrow.runtime.host.ServerProvider.RunningServer;
import dev.windrow.runtime.host.ServerSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Serves jobs over HTTP until it is told to stop. */
final class ServerVerb implements Verb {

    private static final int CLOSING_SECONDS = 14;
    private static final int PORT_MAX = 65_535;
    private static final String LOOPBACK = "127.0.0.1";

    private final OptionSpec bind =
            Args.text("ADDRESS", "listen at this address (default 127.0.0.1)", "--bind");
    private final OptionSpec port =
            Args.valued(
                            Integer.class,
                            "PORT",
                            "and port (default " + ServerConfig.PORT + "); 0: any that is free",
                            "--port")
                    .converters(ServerVerb::portOf)
                    .build();
    private final OptionSpec agentImage =
            Args.text(
                    "NAME",
                    "image that the pods of jobs take the agent from (default windrow/agent and"
                            + " this version)",
                    "--agent-image");
    private final OptionSpec jobImage =
            Args.text(
                    "NAME",
                    "image that the pods of jobs run whose file names none (default "
                            + PodImages.USUAL_JOB
                            + ")",
                    "--job-image");
    private final OptionSpec publicUrl =
            Args.text("URL", "the address that clients know it by", "--public-url");
    private final OptionSpec plain =
            Args.flag(
                    "let other machines in, though nothing on the way is encrypted",
                    "--allow-plain-http");
    private final ServerSecurityOptions security = new ServerSecurityOptions();
    private final OptionSpec home =
            Args.path("DIR", "where jobs are kept; else WINDROW_HOME, else ~/.windrow", "--home");
    private final OptionSpec running =
            Args.whole(
                    "N",
                    "run at most N jobs at one time; others wait (default "
                            + HostLimits.DEFAULT.runningJobs()
                            + ")",
                    "--max-running-jobs");

    private final OptionSpec managementPort =
            Args.valued(
                            Integer.class,
                            "PORT",
                            "serve /metrics at this port, to whoever can reach it, such as 7481;"
                                    + " 0: any that is free (default: nowhere)",
                            "--management-port")
                    .converters(ServerVerb::portOf)
                    .build();
    private final OptionSpec managementBind =
            Args.text("ADDRESS", "at this address (default 127.0.0.1)", "--management-bind");
    private final OptionSpec limits =
            Args.path(
                    "FILE",
                    "how many jobs, instances and GPUs each user and each compute may have at one"
                            + " time, in YAML",
                    "--limits");
    private final RetentionOptions retention = new RetentionOptions();
    private final DeclaredOptions declared = new DeclaredOptions();

    @Override
    public Page describe() {
        return Page.of(
                        "Serves jobs over HTTP: takes them from windrow job and from programs, runs"
                                + " them on this machine, and goes on with those that were not at"
                                + " their end. Runs until Ctrl-C or SIGTERM.")
                .options("Where it listens", bind, port, publicUrl, plain)
                .options("Pods of jobs", agentImage, jobImage)
                .options("Who is let in", security.all())
                .options("Metrics", managementPort, managementBind)
                .options("Jobs", home, running, limits)
                .options("What is there from the start", declared.all())
                .options("What is kept", retention.all())
                .note(
                        "Jobs that run when it stops go on when it is started again; no mini-batch"
                                + " that has ended runs again. Faults of the server itself are told"
                                + " on standard error, each with its request; server/server.log in"
                                + " its home holds the traces.")
                .examples(
                        "windrow server",
                        "windrow server --bind 0.0.0.0 --tls-cert server.crt --tls-key server.key"
                                + " --home /data/windrow");
    }

    private static Integer portOf(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= PORT_MAX) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new TypeConversionException("a whole number from 0 to " + PORT_MAX);
    }

    @Override
    public int run(Shell shell) throws IOException {
        ServerConfig config = config(shell);
        Declared wanted = declared.read(text -> tell(shell, text));
        ServerLog log = new ServerLog(shell, config.home().resolve("server").resolve("server.log"));
        ServerProvider provider =
                ServiceLoader.load(ServerProvider.class)
                        .findFirst()
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.INTERNAL,
                                        "server: none (expected: api-server among the jars)"));
        RunningServer server = started(provider, config, log);
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("INT", () -> stop(stop));
        Signals.on("TERM", () -> stop(stop));
        shell.out(
                List.of(
                        "Serving at " + server.url(),
                        "Its token is in "
                                + config.security()
                                        .token()
                                        .orElseGet(() -> ServerOptions.tokenFile(config.home()))));
        server.metricsUrl().ifPresent(url -> shell.out(List.of("Metrics at " + url)));
        server.declare(wanted, text -> tell(shell, text));
        await(stop);
        close(server, shell);
        return ExitCode.COMPLETED;
    }

    private static RunningServer started(
            ServerProvider provider, ServerConfig config, ServerLog log) throws IOException {
        try {
            return provider.start(config, Windrow.version(), log::fault);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            boolean taken = said.toLowerCase(Locale.ROOT).contains("in use");
            throw new EngineException(
                    ErrorCode.INVALID_JOB_SPEC,
                    taken
                            ? "port: %d (expected: one that is free; another program listens there)"
                                    .formatted(config.port())
                            : "bind: %s, port %d (expected: an address of this machine; %s)"
                                    .formatted(config.bind(), config.port(), said),
                    e);
        }
    }

    private static void tell(Shell shell, String text) {
        shell.err("windrow: " + text);
        shell.flush();
    }

    /** The first signal stops it, a second one kills at once. */
    private static void stop(CountDownLatch stop) {
        if (stop.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        stop.countDown();
    }

    private static void await(CountDownLatch stop) {
        try {
            stop.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has not ended by then is as safe as after a kill. */
    private static void close(RunningServer server, Shell shell) throws IOException {
        CountDownLatch closed = new CountDownLatch(1);
        Thread.ofPlatform()
                .daemon()
                .name("closing")
                .start(() -> {
                    try {
                        if (!closed.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                            shell.err("windrow: jobs are cut off; they go on with the next start");
                            shell.flush();
                            Runtime.getRuntime().halt(ExitCode.COMPLETED);
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        server.close();
        closed.countDown();
    }

    private Optional<ManagementAddress> management() {
        Optional<Integer> asked = Optional.ofNullable(managementPort.getValue());
        if (asked.isEmpty() && Args.text(managementBind).isPresent()) {
            throw new UsageException(
                    "--management-bind: given alone (expected: with --management-port)");
        }
        return asked.map(number ->
                new ManagementAddress(Args.text(managementBind).orElse(LOOPBACK), number));
    }

    private Quota.All quotas() throws IOException {
        Optional<Path> file = Args.path(limits);
        return file.isPresent() ? LimitsFile.read(file.get()) : Quota.All.NONE;
    }

    private ServerConfig config(Shell shell) throws IOException {
        String address = Args.text(bind).orElse(LOOPBACK);
        ServerSecurity secured = security.read();
        if (!Args.given(plain) && secured.tls().isEmpty() && !isLoopback(address)) {
            throw new UsageException(
                    "--bind: %s (expected: an address of this machine alone, such as 127.0.0.1;"
                                    .formatted(address)
                            + " --tls-cert and --tls-key let others in, and --allow-plain-http"
                            + " does so unencrypted)");
        }
        Optional<Integer> asked = Optional.ofNullable(port.getValue());
        return new ServerConfig(
                Args.path(home).map(Path::toAbsolutePath).map(Path::normalize).orElse(shell.home()),
                address,
                asked.orElse(ServerConfig.PORT),
                Args.text(publicUrl).map(text -> Args.address("--public-url", text).toString()),
                new HostLimits(
                        Args.whole(running).orElse(HostLimits.DEFAULT.runningJobs()),
                        HostLimits.DEFAULT.waitingJobs(),
                        retention.retention(),
                        quotas()),
                secured,
                management(),
                new ServerConfig.Images(Args.text(agentImage), Args.text(jobImage)));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException _) {
            throw new UsageException(
                    "--bind: %s (expected: an address of this machine)".formatted(address));
        }
    }
}
