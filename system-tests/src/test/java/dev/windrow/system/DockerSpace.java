package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.SyncDockerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * A network and volumes of a test's own on the Docker that answers here, which go with their
 * containers at the end.
 */
final class DockerSpace implements AutoCloseable {

    private static final Pattern IMAGE_FILE = Pattern.compile("windrow-([a-z]+)-([0-9.]+)\\.tar");

    private final DockerClient docker;
    private final Network network = Network.newNetwork();
    private final String prefix = "windrow-test-%s-".formatted(UUID.randomUUID());
    private final Set<String> volumes = new TreeSet<>();
    private final Set<String> images = new TreeSet<>();
    private final List<GenericContainer<?>> containers = new ArrayList<>();

    private DockerSpace(DockerClient docker) {
        this.docker = docker;
    }

    /** One of this test's own, or the end of the test. */
    static DockerSpace orSkip() {
        needed(
                DockerClientFactory.instance().isDockerAvailable(),
                "docker: none answers (expected: one, such as that of ./dev docker up)");
        return new DockerSpace(DockerClientFactory.instance().client());
    }

    private static void needed(boolean there, String why) {
        if (!there) {
            // There it would look as if all had passed.
            assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
            Assumptions.abort(why);
        }
    }

    /** An image as a user has it: a Debian with a Python, and nothing of ours. */
    static Future<String> python() {
        return named(
                Optional.ofNullable(System.getenv("WINDROW_TEST_PYTHON_IMAGE"))
                        .orElse("python:3.11-slim"));
    }

    private static Future<String> named(String image) {
        return CompletableFuture.completedFuture(image);
    }

    /**
     * Loads an image of {@code ./dev images} as {@code docker load} does.
     *
     * @param part {@code server} or {@code agent}
     * @return its name
     */
    Future<String> load(String part) {
        Path folder = Windrow.repository().resolve("dist").resolve("images");
        String why = "%s: no image of the %s (expected: ./dev images before)";
        needed(Files.isDirectory(folder), why.formatted(folder, part));
        try (var files = Files.newDirectoryStream(folder, "windrow-" + part + "-*.tar")) {
            for (Path file : files) {
                Matcher name = IMAGE_FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    try (InputStream tar = Files.newInputStream(file)) {
                        docker.loadImageCmd(tar).exec();
                    }
                    return named("windrow/%s:%s".formatted(name.group(1), name.group(2)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        needed(false, why.formatted(folder, part));
        throw new AssertionError(folder);
    }

    /** Builds the image of the example, a server with a Python. */
    Future<String> serverWithPython() {
        Path file = Windrow.repository().resolve("examples/server-in-docker/Dockerfile");
        images.add(prefix + "server");
        return new ImageFromDockerfile(prefix + "server")
                .withFileFromPath("Dockerfile", file)
                .withBuildArg("SERVER", load("server").resultNow())
                .withBuildArg("PYTHON", python().resultNow());
    }

    /**
     * Makes a container on the network, with a volume; it has no rights, and a root that cannot be
     * written. It is not started.
     *
     * @param volume which one
     * @param folder where it sees that
     */
    GenericContainer<?> confined(Future<String> image, String volume, String folder) {
        GenericContainer<?> container = new GenericContainer<>(image);
        containers.add(container);
        volumes.add(prefix + volume);
        container.withNetwork(network).withTmpFs(Map.of("/tmp", "rw"));
        return container.withCreateContainerCmdModifier(command ->
                Optional.ofNullable(command.getHostConfig())
                        .orElseThrow()
                        .withBinds(new Bind(prefix + volume, new Volume(folder)))
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges")));
    }

    private static void removed(SyncDockerCmd<?> removal) {
        try {
            removal.exec();
        } catch (NotFoundException _) {
            // The test did not come so far.
        }
    }

    @Override
    public void close() {
        containers.forEach(GenericContainer::stop);
        network.close();
        images.forEach(image -> removed(docker.removeImageCmd(image).withForce(true)));
        volumes.forEach(volume -> removed(docker.removeVolumeCmd(volume)));
    }
}
