package dev.windrow.worker.side;

import dev.windrow.data.DataException;
import dev.windrow.data.publish.FilePublisher;
import dev.windrow.data.publish.PublishRequest;
import dev.windrow.data.publish.PublishedFile;
import dev.windrow.data.segment.SegmentFolder;
import dev.windrow.data.segment.SegmentRange;
import dev.windrow.protocol.AgentLink;
import dev.windrow.protocol.AgentMessage;
import dev.windrow.protocol.EngineMessage.Publish;
import dev.windrow.protocol.EngineMessage.Ranges;
import dev.windrow.protocol.RowSpan;
import dev.windrow.protocol.Token;
import dev.windrow.protocol.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Publishes one output on a thread of its own, asking for the committed ranges page by page. */
final class PublishRun implements Runnable {

    private static final long ASK_AGAIN_SECONDS = 5;

    private final PublishTarget target;
    private final Publish order;
    private final AgentLink link;
    private final Runnable ended;
    private final LinkedBlockingQueue<Ranges> pages = new LinkedBlockingQueue<>();
    private volatile boolean stopped;

    PublishRun(PublishTarget target, Publish order, AgentLink link, Runnable ended) {
        this.target = target;
        this.order = order;
        this.link = link;
        this.ended = ended;
    }

    Token token() {
        return order.token();
    }

    void page(Ranges page) {
        pages.add(page);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            FilePublisher publisher = new FilePublisher(new SegmentFolder(target.segments()));
            String token = "%d_%d".formatted(token().epoch(), token().counter());
            PublishedFile published =
                    publisher.publish(
                            new Pages(),
                            new PublishRequest(
                                    order.partial() ? target.partial() : target.file(),
                                    target.job(),
                                    token,
                                    target.header()));
            if (!order.partial()) {
                removePartial();
            }
            link.send(new AgentMessage.Published(token(), published.mark().text()));
        } catch (DataException e) {
            fail(Troubles.of(e.code()), String.valueOf(e.getMessage()));
        } catch (StoppedException e) {
            // Somebody else publishes; nothing of this try is at the target.
        } catch (RuntimeException e) {
            // Another publisher would do no better.
            fail(Trouble.INTERNAL, "output: " + e);
        } finally {
            ended.run();
        }
    }

    /**
     * Rows that were kept aside when the job ended before are in the whole now. Nobody but an agent
     * need see where they are. A repeat is harmless, and so is a file that stays.
     */
    private void removePartial() {
        try {
            Files.deleteIfExists(target.partial());
        } catch (IOException e) {
            String why = "partial rows of before stay at %s: %s".formatted(target.partial(), e);
            link.send(new AgentMessage.Note("partial_kept", why));
        }
    }

    private void fail(Trouble trouble, String message) {
        link.send(new AgentMessage.PublishFailed(token(), trouble, message));
    }

    /** Ends a publication that is not wanted any more. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** All committed ranges, page by page; a question that is not answered is asked again. */
    private final class Pages implements Iterator<SegmentRange> {
        private final Deque<RowSpan> page = new ArrayDeque<>();
        private int next;

        @Override
        public boolean hasNext() {
            while (page.isEmpty() && next >= 0) {
                link.send(new AgentMessage.NextRanges(token(), next));
                await();
            }
            return !page.isEmpty();
        }

        private void await() {
            try {
                Ranges answer = pages.poll(ASK_AGAIN_SECONDS, TimeUnit.SECONDS);
                if (stopped) {
                    throw new StoppedException();
                }
                if (answer != null && answer.from() == next && answer.token().equals(token())) {
                    page.addAll(answer.ranges());
                    next = answer.next();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException();
            }
        }

        @Override
        public SegmentRange next() {
            RowSpan span = page.pollFirst();
            if (span == null) {
                throw new NoSuchElementException();
            }
            return new SegmentRange(span.segment(), span.offset(), span.length(), span.head());
        }
    }
}
