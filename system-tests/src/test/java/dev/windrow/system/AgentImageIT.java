package dev.windrow.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/** The agent's image in Docker. */
final class AgentImageIT {

    private static final String FOLDER = "/agent";

    private DockerSpace space;

    @BeforeEach
    void setUp() {
        space = DockerSpace.orSkip();
    }

    @AfterEach
    void tearDown() {
        if (space != null) {
            space.close();
        }
    }

    /** Starts a container and waits until it has ended well. */
    private String run(GenericContainer<?> container) {
        container.withStartupCheckStrategy(new OneShotStartupCheckStrategy()).start();
        return container.getLogs();
    }

    @Test
    void copiesAnAgentThatReachesTheServerFromTheImageOfAUser() {
        ServerContainer.start(space, space.load("server"));
        String owner = "0";
        String said =
                run(
                        space.confined(space.load("agent"), "agent", FOLDER)
                                .withCreateContainerCmdModifier(command -> command.withUser(owner))
                                .withCommand(FOLDER));
        assertThat(said).isEmpty();

        GenericContainer<?> users =
                space.confined(DockerSpace.python(), "agent", FOLDER)
                        .withCreateContainerCmdModifier(command -> command.withUser("1000"))
                        .withEnv("WINDROW_SERVER", ServerContainer.ADDRESS)
                        .withCommand(
                                FOLDER + "/runtime/bin/java",
                                "@" + FOLDER + "/agent.options",
                                "dev.windrow.worker.pod.ProbeMain");

        assertThat(run(users)).isBlank();
        assertThat(users.getCurrentContainerInfo().getState().getExitCodeLong()).isZero();
    }
}
