package dev.windrow.benchmarks;

import dev.windrow.engine.compute.Compute;
import dev.windrow.runtime.compute.EngineDoor;
import dev.windrow.runtime.compute.Launch;
import dev.windrow.runtime.compute.PlanNames;
import dev.windrow.runtime.compute.PreparedJob;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A prepared job whose agents come in through a door of ours; all else is the job's own. */
record WatchedPlaces(PreparedJob places, UnaryOperator<EngineDoor> doors) implements PreparedJob {

    @Override
    public String inputText(String name) {
        return places.inputText(name);
    }

    @Override
    public String outputText(String name) {
        return places.outputText(name);
    }

    @Override
    public Map<String, String> outputs(String fileName) {
        return places.outputs(fileName);
    }

    @Override
    public void checkVacant(String fileName) {
        places.checkVacant(fileName);
    }

    @Override
    public PlanNames names(byte[] payload) {
        return places.names(payload);
    }

    @Override
    public Optional<String> partialOutput(String fileName) {
        return places.partialOutput(fileName);
    }

    @Override
    public InstanceSize instanceSize(int instances) {
        return places.instanceSize(instances);
    }

    @Override
    public Compute compute(Launch launch, EngineDoor door) {
        return places.compute(launch, doors.apply(door));
    }
}
