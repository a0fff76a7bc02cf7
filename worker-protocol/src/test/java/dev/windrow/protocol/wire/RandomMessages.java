package dev.windrow.protocol.wire;

import dev.windrow.protocol.LeaseRange;
import dev.windrow.protocol.Span;
import dev.windrow.protocol.Token;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes messages of every type from their components, so that new ones need no new code here. */
final class RandomMessages {

    private static final String LETTERS =
            "aZ09 \"\\/\n\r\t\0\u001f\u007f\u00e4\u20ac\ud83d\ude00\ud800";

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    /** A message of any of the types that the sealed interface permits. */
    <T> T any(Class<T> kind) {
        Class<?>[] all = kind.getPermittedSubclasses();
        return kind.cast(value(all[random.nextInt(all.length)]));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType list) {
            List<Object> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(value(list.getActualTypeArguments()[0]));
            }
            return elements;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isSealed()) {
            return any(plain);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        return plain.isRecord() ? record(plain) : simple(plain);
    }

    private Object record(Class<?> type) {
        int from = random.nextInt(1 << 30);
        if (type == Span.class) {
            return new Span((Token) record(Token.class), from, from + 1 + random.nextInt(9));
        }
        if (type == LeaseRange.class) {
            int chunk = random.nextInt(9);
            return new LeaseRange((Token) record(Token.class), chunk, from, from + 1, chunk);
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType());
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }

    private Object simple(Class<?> type) {
        if (type == int.class) {
            return random.nextInt() >>> random.nextInt(1, 32);
        }
        if (type == long.class) {
            return random.nextLong() >> random.nextInt(64);
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type == int[].class) {
            return random.ints(random.nextInt(5)).toArray();
        }
        if (type == String.class) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            return text.toString();
        }
        throw new IllegalArgumentException(type + " (expected: a type with a rule here)");
    }
}
