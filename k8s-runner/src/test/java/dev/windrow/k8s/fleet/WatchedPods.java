package dev.windrow.k8s.fleet;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** A namespace in memory for several threads, on which one can wait for something to be done. */
final class WatchedPods implements PodPort {

    private final ScriptedPods pods;

    WatchedPods(ScriptedPods pods) {
        this.pods = pods;
    }

    synchronized List<String> done() {
        return List.copyOf(pods.done);
    }

    /** Waits until this was done. */
    synchronized void await(String what) throws InterruptedException {
        while (!pods.done.contains(what)) {
            wait();
        }
    }

    private synchronized void then(Runnable change) {
        change.run();
        notifyAll();
    }

    @Override
    public synchronized List<Pod> pods(String fleet) {
        return pods.pods(fleet);
    }

    @Override
    public synchronized boolean isSynced() {
        return pods.isSynced();
    }

    @Override
    public synchronized List<Event> events(String pod) {
        return pods.events(pod);
    }

    @Override
    public synchronized OwnerReference keep(
            String fleet,
            Map<String, String> labels,
            Map<String, String> annotations,
            String token) {
        return pods.keep(fleet, labels, annotations, token);
    }

    @Override
    public void create(Pod pod) {
        then(() -> pods.create(pod));
    }

    @Override
    public void delete(String pod) {
        then(() -> pods.delete(pod));
    }

    @Override
    public void deleteFleet(String fleet) {
        then(() -> pods.deleteFleet(fleet));
    }

    @Override
    public AutoCloseable watch(String fleet, Runnable changed) {
        return pods.watch(fleet, changed);
    }
}
