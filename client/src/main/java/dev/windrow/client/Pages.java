package dev.windrow.client;

import dev.windrow.client.Documents.Page;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A list that comes in pages, each asked for when the one before has been used up. */
final class Pages<T> implements Iterator<T> {
    private final Transport transport;
    private final Call call;
    private final Class<? extends Page<T>> type;
    private Iterator<T> items = List.<T>of().iterator();
    private Optional<String> cursor = Optional.empty();
    private boolean last;

    private Pages(Transport transport, Call call, Class<? extends Page<T>> type) {
        this.transport = transport;
        this.call = call;
        this.type = type;
    }

    static <T> Stream<T> stream(Transport transport, Call call, Class<? extends Page<T>> type) {
        int kind = Spliterator.ORDERED | Spliterator.NONNULL;
        Pages<T> pages = new Pages<>(transport, call, type);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, kind), false);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && !last) {
            turn();
        }
        return items.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }

    private void turn() {
        Call asked = cursor.map(from -> call.query("cursor", from)).orElse(call);
        Page<T> page = transport.json(asked, type);
        if (page.nextCursor().isPresent() && page.nextCursor().equals(cursor)) {
            throw ServerException.badAnswer(
                    "next_cursor: %s (expected: another one than before)"
                            .formatted(cursor.orElse("")));
        }
        items = page.items().iterator();
        cursor = page.nextCursor();
        last = cursor.isEmpty();
    }
}
