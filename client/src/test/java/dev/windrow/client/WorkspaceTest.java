package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceTest {

    @TempDir private Path home;

    private void token(Path below) throws IOException {
        Files.createDirectories(below.resolve("server"));
        Files.writeString(below.resolve("server/admin.token"), "secret\n");
    }

    @Test
    void isOnThisMachineUnlessTheEnvironmentSaysOtherwise() {
        Workspace workspace = Workspace.from(Map.of(), home);
        assertThat(workspace.server()).isEqualTo(URI.create("http://127.0.0.1:7480"));
        assertThat(workspace.name()).isEqualTo("default");
        assertThat(workspace.token()).isEmpty();
    }

    @Test
    void takesTheTokenOfTheEnvironmentBeforeThatOfTheFile() throws IOException {
        token(home.resolve(".windrow"));
        token(home.resolve("other"));
        String other = home.resolve("other").toString();
        assertThat(Workspace.from(Map.of(), home).token()).contains("secret");
        assertThat(Workspace.from(Map.of("WINDROW_HOME", other), home).token()).contains("secret");
        assertThat(Workspace.from(Map.of("WINDROW_TOKEN", "mine"), home).token()).contains("mine");
    }

    @Test
    void keepsTheAdministratorsTokenOnThisMachine() throws IOException {
        token(home.resolve(".windrow"));
        Map<String, String> away = Map.of("WINDROW_SERVER", "https://farm.example/windrow/");
        Workspace workspace = Workspace.from(away, home);
        assertThat(workspace.token()).isEmpty();
        assertThat(workspace.server()).isEqualTo(URI.create("https://farm.example/windrow"));
    }

    @Test
    void keepsServerAndTokenUnderAnotherName() {
        Workspace workspace =
                Workspace.at(URI.create("http://localhost:1")).withToken("mine").named("barn");
        assertThat(workspace.token()).contains("mine");
        assertThat(workspace).hasToString("Workspace[barn at http://localhost:1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a", "http:/a", "file:///a", "http://u@a", "http://a?b", "http://a#b"})
    void refusesAddressesThatAreNone(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workspace.at(URI.create(address)))
                .withMessageStartingWith("server: " + address);
    }

    @Test
    void doesNotShowATokenThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workspace.at(Workspace.USUAL_SERVER).withToken("se\ncret"))
                .withMessage("token: not shown (expected: visible ASCII signs, 12288 at most)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workspace.at(Workspace.USUAL_SERVER).named("a/b"));
    }

    @Test
    void makesNamesThatAJobMayHave() {
        assertThat(FreshNames.next())
                .matches("[a-z]+_[a-z]+_[a-z2-7]{10}")
                .isNotEqualTo(FreshNames.next());
    }
}
