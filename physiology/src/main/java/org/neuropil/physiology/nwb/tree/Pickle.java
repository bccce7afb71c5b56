package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/// The texts in a pickled list or array of Python's, protocols 2 to 5. Nothing is run: classes and functions are names here,
/// and what they would be called with is kept beside them.
final class Pickle {
    private static final int MOST_OBJECTS = 1 << 23;

    /// Something of a class, or a class itself.
    private static final class Thing {
        private final String name;
        private @Nullable Object state;

        Thing(String name) {
            this.name = name;
        }
    }

    private final ByteBuffer in;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, @Nullable Object> memo = new HashMap<>();
    private int objects;

    private Pickle(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The texts of a list, or of an array of objects in one dimension.
    ///
    /// @throws IOException if it is something else; the message goes after its name
    static List<String> texts(byte[] bytes) throws IOException {
        Object value;
        try {
            value = new Pickle(bytes).load();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NoSuchElementException
                | IllegalArgumentException e) {
            throw new IOException("is cut short (pickle)", e);
        }
        // An array's state: version, shape, type, order, elements.
        if (value instanceof Thing thing && thing.state instanceof List<?> state && state.size() == 5
                && state.get(4) instanceof List<?> elements) {
            value = elements;
        }
        List<String> texts = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            // Numbers among objects, such as the zeros that fill a last chunk up.
            texts.add(switch (one) {
                case null -> "";
                case String text -> text;
                case Long number -> number.toString();
                case Double number -> number.toString();
                default -> throw new IOException("has no texts for elements (pickle)");
            });
        }
        return texts;
    }

    private @Nullable Object load() throws IOException {
        while (true) {
            int code = in.get() & 0xff;
            if (code == '.') {
                return pop();
            }
            if (++objects > MOST_OBJECTS) {
                throw new IOException("has too many steps (pickle)");
            }
            step(code);
        }
    }

    private void step(int code) throws IOException {
        switch (code) {
            case 0x80 -> in.get(); // protocol
            case 0x95 -> in.getLong(); // length of a frame
            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> popMark();
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'K' -> stack.add((long) (in.get() & 0xff));
            case 'M' -> stack.add((long) (in.getShort() & 0xffff));
            case 'J' -> stack.add((long) in.getInt());
            case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 0x8a -> stack.add(whole(in.get() & 0xff));
            case 'X' -> stack.add(text(in.getInt()));
            case 0x8c -> stack.add(text(in.get() & 0xff));
            case 'B' -> stack.add(bytes(in.getInt()));
            case 'C' -> stack.add(bytes(in.get() & 0xff));
            case ']', '}', ')' -> stack.add(new ArrayList<>());
            case 't', 'l', 'd' -> stack.add(popMark());
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'a' -> {
                Object element = pop();
                list().add(element);
            }
            case 'e', 'u' -> {
                List<@Nullable Object> elements = popMark();
                // Pairs of a dictionary of its own; nobody looks into those.
                if (peek() instanceof List<?>) {
                    list().addAll(elements);
                }
            }
            case 's' -> {
                pop();
                pop();
            }
            case 'c' -> stack.add(new Thing(line() + "." + line()));
            case 0x93 -> {
                // What is no text here is nothing's name; to write it out could take for ever.
                Object name = pop();
                Object module = pop();
                stack.add(new Thing(name instanceof String && module instanceof String ? module + "." + name : ""));
            }
            case 'R', 0x81 -> {
                pop(); // what it is called with
                stack.add(new Thing(pop() instanceof Thing made ? made.name : ""));
            }
            case 'b' -> {
                Object state = pop();
                if (peek() instanceof Thing thing) {
                    thing.state = state;
                }
            }
            case 0x94 -> memo.put(memo.size(), peek());
            case 'q' -> memo.put(in.get() & 0xff, peek());
            case 'r' -> memo.put(in.getInt(), peek());
            case 'h' -> stack.add(remembered(in.get() & 0xff));
            case 'j' -> stack.add(remembered(in.getInt()));
            default -> throw new IOException("has step 0x" + Integer.toHexString(code)
                    + ", which is not read (pickle)");
        }
    }

    private @Nullable Object remembered(int number) throws IOException {
        if (!memo.containsKey(number)) {
            throw new IOException("refers to what is not there (pickle)");
        }
        return memo.get(number);
    }

    private @Nullable Object peek() {
        return stack.getLast();
    }

    private @Nullable Object pop() {
        return stack.removeLast();
    }

    private List<@Nullable Object> popMark() {
        List<@Nullable Object> top = stack.subList(marks.removeLast(), stack.size());
        List<@Nullable Object> copy = new ArrayList<>(top);
        top.clear();
        return copy;
    }

    private void tuple(int count) {
        List<@Nullable Object> top = stack.subList(stack.size() - count, stack.size());
        List<@Nullable Object> copy = new ArrayList<>(top);
        top.clear();
        stack.add(copy);
    }

    @SuppressWarnings("unchecked")
    private List<@Nullable Object> list() throws IOException {
        if (peek() instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new IOException("adds to what is no list (pickle)");
    }

    private long whole(int length) throws IOException {
        if (length > Long.BYTES) {
            throw new IOException("has a number of " + length + " bytes (pickle)");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (in.get() & 0xffL) << 8 * i;
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    private String text(int length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws IOException {
        if (length < 0 || length > in.remaining()) {
            throw new IOException("is cut short (pickle)");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (int c = in.get(); c != '\n'; c = in.get()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
