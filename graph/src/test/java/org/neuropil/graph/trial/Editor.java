package org.neuropil.graph.trial;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.BigtableStore;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.RocksStore;
import org.neuropil.graph.store.StoreAddress;
import org.neuropil.space.Int3;

/// A process that edits a graph with several threads until it is killed, and copies it now and then. What it asks for, and
/// what it was told, stands on its output: one line each, written at once, so that a line is there or is not.
///
/// Lines: `ask N REQUEST` before an edit, `made N OPERATION BEFORE AFTER` after it, `none N` and `refused N REASON` for
/// others, `copied NAME` for a copy, `failed WHAT` for what must not be.
final class Editor {
    /// Stands before the emulator's host and port, and the table, where the rows are not in a folder.
    static final String EMULATOR = "emulator:";

    private static final long CACHE = 8 << 20;

    private Editor() {}

    /// @param arguments folder of the rows or `emulator:HOST:PORT/TABLE`, seed of the world, shape of it (three numbers), seed of this run, threads,
    ///        folder of copies or `-`, and what names of users begin with
    public static void main(String[] arguments) throws Exception {
        Links links = Links.made(Long.parseLong(arguments[1]), shape(arguments[2]));
        long seed = Long.parseLong(arguments[3]);
        int threads = Integer.parseInt(arguments[4]);
        String name = arguments.length > 6 ? arguments[6] : "user";
        say("begun");
        GraphStore store = store(arguments[0]);
        GraphInfo info = TrialGraphs.info(links);
        LiveGraph graph = TrialGraphs.open(info, store);
        say("open");
        AtomicLong number = new AtomicLong();
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Person person = new Person(t, name + t, links, new Random(seed + t), false);
            all.add(Thread.ofPlatform().start(() -> edit(graph, links, person, number)));
        }
        for (int copy = 0; !arguments[5].equals("-"); copy++) {
            String copied = seed + "-" + copy;
            graph.backup(Path.of(arguments[5]).resolve(copied));
            say("copied " + copied);
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    private static GraphStore store(String rows) throws IOException {
        return rows.startsWith(EMULATOR)
                ? table(rows.substring(EMULATOR.length()))
                : RocksStore.open(Path.of(rows), CACHE);
    }

    /// Opens a table of an emulator.
    ///
    /// @param rows `HOST:PORT/TABLE`
    static GraphStore table(String rows) throws IOException {
        int slash = rows.indexOf('/');
        return BigtableStore.open(new StoreAddress("lab", "graphs", rows.substring(slash + 1)),
                rows.substring(0, slash));
    }

    static Int3 shape(String text) {
        int[] size = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
        return new Int3(size[0], size[1], size[2]);
    }

    private static void edit(LiveGraph graph, Links links, Person person, AtomicLong number) {
        try {
            while (true) {
                Ask ask = person.next(Service.of(graph, links));
                long n = number.incrementAndGet();
                say("ask " + n + " " + ask.line());
                try {
                    EditResult result = ask.of(graph, links);
                    person.learn(Event.Outcome.of(result));
                    say(result.operation().map(id -> "made " + n + " " + id + " " + text(result.oldRoots()) + " "
                            + text(result.newRoots())).orElse("none " + n));
                } catch (EditRefusedException e) {
                    say("refused " + n + " " + e.reason());
                }
            }
        } catch (IOException | RuntimeException e) {
            try {
                say("failed " + e);
            } catch (IOException gone) {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static String text(long[] ids) {
        return Arrays.toString(ids).replace(" ", "");
    }

    static long[] ids(String text) {
        String list = text.substring(1, text.length() - 1);
        return list.isEmpty() ? new long[0] : Arrays.stream(list.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private static void say(String line) throws IOException {
        @SuppressWarnings("resource") // stays open as long as the process
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
