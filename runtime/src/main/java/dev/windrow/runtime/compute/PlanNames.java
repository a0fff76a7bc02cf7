package dev.windrow.runtime.compute;

import java.util.List;

/** The items of the mini-batches in one chunk of a plan, by names fit to be shown. */
public interface PlanNames {

    /**
     * Names of one mini-batch's items, relative to the folder that holds them all.
     *
     * @param place of the mini-batch in its chunk, from 0
     * @param most how many names at most
     */
    List<String> of(int place, int most);
}
