package dev.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevicesTest {

    @Test
    void givesEachDeviceToOneInstance() {
        for (int devices = 0; devices <= 8; devices++) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                all.add("gpu" + i);
            }
            for (int instances = 1; instances <= 8; instances++) {
                List<String> shared = new ArrayList<>();
                for (int place = 0; place < instances; place++) {
                    List<String> share = new Devices(all).share(place, instances).indexes();
                    assertThat(share.size())
                            .isBetween(devices / instances, devices / instances + 1);
                    shared.addAll(share);
                }
                assertThat(shared).isEqualTo(all);
            }
        }
    }

    @Test
    void givesASingleInstanceEverything() {
        assertThat(new Devices(List.of("3", "5")).share(0, 1).indexes()).containsExactly("3", "5");
    }
}
