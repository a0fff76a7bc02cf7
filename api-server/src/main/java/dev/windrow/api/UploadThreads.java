package dev.windrow.api;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that write uploads to disk: slow senders wait for each other, and nobody else. */
final class UploadThreads {

    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final int IDLE_SECONDS = 30;

    private UploadThreads() {}

    /** None of them lives while there is nothing to do. */
    static ExecutorService make() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("upload-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
