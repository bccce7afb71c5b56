package org.neuropil.graph;

import java.io.IOException;
import java.time.Instant;

/// Walks through a graph's log in bounded memory. Operations are numbered 1, 2, 3 and so on in the order of their times.
public final class OperationLog {
    private static final int SLICE = 1024;

    private OperationLog() {}

    /// Sees operations.
    @FunctionalInterface
    public interface Visitor {
        /// Takes the next one.
        void visit(Operation operation) throws IOException;
    }

    /// Number of the first operation at a moment or later; if there is none, the number that the next one will get.
    public static long first(Graph graph, Instant from) throws IOException {
        long low = 0; // all up to here are earlier
        long high = 1;
        while (earlier(graph, high, from)) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (earlier(graph, middle, from)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static boolean earlier(Graph graph, long id, Instant from) throws IOException {
        Operation operation = graph.operation(id);
        return operation != null && operation.time().isBefore(from);
    }

    /// Visits operations in order.
    ///
    /// @param from first moment
    /// @param to last moment, included
    public static void visit(Graph graph, Instant from, Instant to, Visitor visitor) throws IOException {
        visit(graph, first(graph, from), to, visitor);
    }

    /// Visits operations in order.
    ///
    /// @param first number of the first
    /// @param to last moment, included
    /// @return number to go on from
    public static long visit(Graph graph, long first, Instant to, Visitor visitor) throws IOException {
        long next = first;
        while (true) {
            Operation head = graph.operation(next);
            if (head == null || head.time().isAfter(to)) {
                return next;
            }
            Operation tail = graph.operation(next + SLICE - 1);
            Instant end = tail == null || tail.time().isAfter(to) ? to : tail.time();
            for (Operation operation : graph.operations(head.time(), end)) {
                visitor.visit(operation);
                next = operation.id() + 1;
            }
        }
    }
}
