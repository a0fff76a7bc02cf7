package dev.windrow.client;

import dev.windrow.architecture.Deviates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A workspace on a server: where jobs live. Immutable; no request is made before one is asked for.
 */
@Deviates(rule = Deviates.Rule.TIME, reason = "The SDK is put together here.")
public final class Workspace {
    /** The address that {@code windrow server} listens at unless told otherwise. */
    public static final URI USUAL_SERVER = URI.create("http://127.0.0.1:7480");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,12288}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final URI server;
    private final String name;
    private final Optional<String> token;
    private final Optional<SSLContext> trust;
    private final Patience patience;
    private final JobClient jobs;
    private final TokenClient tokens;
    private final SecretClient secrets;
    private final ComputeClient computes;
    private final DatastoreClient datastores;

    private Workspace(
            URI server,
            String name,
            Optional<String> token,
            Optional<SSLContext> trust,
            Patience patience) {
        this.server = checked(server);
        this.name = name;
        this.token = token;
        this.trust = trust;
        this.patience = patience;
        if (!NAME.matcher(name).matches()) {
            throw broken("workspace", name, "1 to 63 letters, digits, _ . or -");
        }
        // What a token is stays out of every message.
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw broken("token", "not shown", "visible ASCII signs, 12288 at most");
        }
        Transport transport = new Transport(this.server, token, trust, patience);
        String path = "/api/v1/workspaces" + Call.path(name);
        this.jobs = new JobClient(transport, path, InstantSource.system());
        this.tokens = new TokenClient(transport);
        this.secrets = new SecretClient(transport, path);
        this.computes = new ComputeClient(transport, path, InstantSource.system());
        this.datastores = new DatastoreClient(transport, path);
    }

    /** Gives the workspace {@code default} of a server, without a token. */
    public static Workspace at(URI server) {
        return at(server, Patience.USUAL);
    }

    static Workspace at(URI server, Patience patience) {
        return new Workspace(server, "default", Optional.empty(), Optional.empty(), patience);
    }

    /**
     * Gives the workspace {@code WINDROW_WORKSPACE}, else {@code default}, of the server that the
     * environment names: {@code WINDROW_SERVER}, else {@link #USUAL_SERVER}, with the token {@code
     * WINDROW_TOKEN}. For a server on this machine the token is else that of its administrator, in
     * {@code server/admin.token} below {@code WINDROW_HOME} ({@code ~/.windrow}), when the file can
     * be read. A server is also trusted when its certificate is vouched for by one in the file
     * {@code WINDROW_CA_FILE}.
     */
    public static Workspace fromEnvironment() {
        return from(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    static Workspace from(Map<String, String> environment, Path userHome) {
        URI server = set(environment, "WINDROW_SERVER").map(Workspace::uri).orElse(USUAL_SERVER);
        Path home =
                set(environment, "WINDROW_HOME").map(Path::of).orElse(userHome.resolve(".windrow"));
        Optional<String> token =
                set(environment, "WINDROW_TOKEN")
                        .or(() ->
                                isHere(server)
                                        ? adminToken(home.resolve("server/admin.token"))
                                        : Optional.empty());
        Optional<SSLContext> trust =
                set(environment, "WINDROW_CA_FILE").map(Path::of).map(Trust::with);
        String name = set(environment, "WINDROW_WORKSPACE").orElse("default");
        return new Workspace(server, name, token, trust, Patience.USUAL);
    }

    /** Gives the workspace of that name on the same server. */
    public Workspace named(String other) {
        return new Workspace(server, other, token, trust, patience);
    }

    /** Gives the same workspace with a token for its server. */
    public Workspace withToken(String secret) {
        return new Workspace(server, name, Optional.of(secret), trust, patience);
    }

    /**
     * Gives the same workspace, whose server is also trusted when its certificate is vouched for by
     * one of these.
     *
     * @param pem file with certificates
     * @throws IllegalArgumentException when it holds none or cannot be read
     */
    public Workspace trusting(Path pem) {
        return new Workspace(server, name, token, Optional.of(Trust.with(pem)), patience);
    }

    /** Gives the address of the server. */
    public URI server() {
        return server;
    }

    /** Gives the name. */
    public String name() {
        return name;
    }

    /** Gives the jobs of this workspace. */
    public JobClient jobs() {
        return jobs;
    }

    /** Gives the secrets of this workspace. */
    public SecretClient secrets() {
        return secrets;
    }

    /** Gives the tokens of the server, which are no workspace's own. */
    public TokenClient tokens() {
        return tokens;
    }

    /** Gives where its jobs can run. */
    public ComputeClient computes() {
        return computes;
    }

    /** Gives the folders that its jobs can name. */
    public DatastoreClient datastores() {
        return datastores;
    }

    Optional<String> token() {
        return token;
    }

    private static Optional<String> set(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw broken("WINDROW_SERVER", text, "an address such as " + USUAL_SERVER);
        }
    }

    /** The administrator's token of this machine is nobody else's business. */
    private static boolean isHere(URI server) {
        return LOOPBACK.contains(String.valueOf(server.getHost()));
    }

    private static Optional<String> adminToken(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException | AccessDeniedException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI checked(URI server) {
        @Nullable String scheme = server.getScheme();
        boolean http = "http".equals(scheme) || "https".equals(scheme);
        if (!http
                || server.getHost() == null
                || server.getRawQuery() != null
                || server.getRawFragment() != null
                || server.getRawUserInfo() != null) {
            throw broken("server", server.toString(), "http or https, a host, no ? and no #");
        }
        String text = server.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static IllegalArgumentException broken(String field, String value, String rule) {
        return new IllegalArgumentException(field + ": " + value + " (expected: " + rule + ")");
    }

    @Override
    public String toString() {
        return "Workspace[" + name + " at " + server + "]";
    }
}
