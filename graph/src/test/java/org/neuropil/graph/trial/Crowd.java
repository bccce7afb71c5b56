package org.neuropil.graph.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Many people who read and edit at once.
final class Crowd {
    private static final long PATIENCE_SECONDS = 120;

    private Crowd() {}

    /// Lets them act until they are told to stop.
    ///
    /// @param services of one and the same graph; people are spread over them
    /// @param goesOn asked before each act with the number of acts so far of that person
    /// @return what each was told
    /// @throws IllegalStateException with all threads' stacks if somebody waits for two minutes
    static List<Event> run(List<Service> services, List<Person> people, Acts goesOn) throws Exception {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (int p = 0; p < people.size(); p++) {
                Person person = people.get(p);
                Service service = services.get(p % services.size());
                all.add(threads.submit(() -> {
                    for (int acts = 0; goesOn.again(acts); acts++) {
                        person.act(service);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                await(one, people, threads);
            }
        }
        List<Event> events = new ArrayList<>();
        people.forEach(person -> events.addAll(person.events()));
        return events;
    }

    /// Whether a person goes on.
    interface Acts {
        /// @param acts so far
        boolean again(int acts);
    }

    /// People with seeds of their own.
    static List<Person> of(int count, Links links, long seed, boolean readsPast) {
        List<Person> people = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            people.add(new Person(p, "user" + p, links, new Random(seed * 1000 + p), readsPast));
        }
        return people;
    }

    private static void await(Future<?> one, List<Person> people, ExecutorService threads)
            throws InterruptedException, IOException {
        int before = -1;
        while (true) {
            try {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                int now = people.stream().mapToInt(person -> person.acts()).sum();
                if (now == before) {
                    threads.shutdownNow();
                    throw new IllegalStateException("nobody gets on:\n" + stacks(), e);
                }
                before = now;
            } catch (ExecutionException e) {
                throw new IOException("somebody failed", e.getCause());
            }
        }
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            text.append(thread);
        }
        return text.toString();
    }
}
