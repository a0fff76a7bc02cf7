package dev.windrow.engine.schedule;

import java.util.Arrays;

/** A first-in-first-out queue of indexes; as many as a job has mini-batches at most. */
final class IntQueue {

    private int[] ring = new int[64];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(int value) {
        if (size == ring.length) {
            int[] larger = Arrays.copyOf(ring, size * 2);
            System.arraycopy(ring, head, larger, 0, size - head);
            System.arraycopy(ring, 0, larger, size - head, head);
            ring = larger;
            head = 0;
        }
        ring[(head + size) & (ring.length - 1)] = value;
        size++;
    }

    int peek() {
        return ring[head];
    }

    int take() {
        int value = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return value;
    }
}
