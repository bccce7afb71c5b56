package org.neuropil.cli;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.neuropil.graph.Lineage;

/// A lineage as people and programs read it.
///
/// @param asked roots that were asked for; marked
record LineageText(Lineage lineage, Collection<Long> asked) {
    private record Step(long root, int depth) {}

    /// A root a line, under one that it came from; deeper where one became several. A root that came from several stands
    /// under the first, and is named again under the others.
    String tree() {
        Map<Long, Lineage.Node> nodes = new HashMap<>();
        lineage.roots().forEach(node -> nodes.put(node.id(), node));
        Map<Long, List<Long>> next = new HashMap<>();
        Set<Long> first = new HashSet<>(nodes.keySet());
        for (Lineage.Link link : lineage.links()) {
            next.computeIfAbsent(link.from(), _ -> new ArrayList<>()).add(link.to());
            first.remove(link.to());
        }
        Deque<Step> open = new ArrayDeque<>();
        lineage.roots().stream().filter(node -> first.contains(node.id()))
                .sorted(Comparator.comparing(Lineage.Node::created)).forEach(node -> open.add(new Step(node.id(), 0)));
        StringBuilder text = new StringBuilder();
        Set<Long> told = new HashSet<>();
        while (!open.isEmpty()) {
            Step step = open.pop();
            Lineage.Node node = Objects.requireNonNull(nodes.get(step.root()));
            text.append("  ".repeat(step.depth())).append(line(node));
            List<Long> after = next.getOrDefault(step.root(), List.of());
            if (!told.add(step.root())) {
                text.append(after.isEmpty() ? ", see above" : ", goes on above");
            } else {
                for (long root : after.reversed()) {
                    open.push(new Step(root, step.depth() + (after.size() > 1 || step.depth() == 0 ? 1 : 0)));
                }
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private String line(Lineage.Node node) {
        return Ids.text(node.id()) + (asked.contains(node.id()) ? " *" : "") + "  " + node.created()
                + node.replacedBy().map(operation -> ", replaced by operation " + operation).orElse(", current");
    }

    /// A row for each link.
    Table links() {
        Table table = new Table("from", "to", "operation");
        Map<Long, Lineage.Node> nodes = new HashMap<>();
        lineage.roots().forEach(node -> nodes.put(node.id(), node));
        for (Lineage.Link link : lineage.links()) {
            table.add(Ids.text(link.from()), Ids.text(link.to()), Objects.requireNonNull(nodes.get(link.from()))
                    .replacedBy().map(String::valueOf).orElse(""));
        }
        return table;
    }

    /// The node-link form of networkx, with CAVE's names; ids are numbers, times seconds.
    Map<String, Object> nodeLink() {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Lineage.Node node : lineage.roots()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", number(node.id()));
            one.put("timestamp", seconds(node.created()));
            node.replacedBy().ifPresent(operation -> one.put("operation_id", operation));
            nodes.add(one);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("directed", true);
        json.put("multigraph", false);
        json.put("graph", Map.of());
        json.put("nodes", nodes);
        json.put("links", lineage.links().stream()
                .map(link -> Map.of("source", number(link.from()), "target", number(link.to()))).toList());
        return json;
    }

    private static BigInteger number(long id) {
        return new BigInteger(Ids.text(id));
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    /// A digraph for Graphviz.
    String dot() {
        StringBuilder text = new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n");
        for (Lineage.Node node : lineage.roots()) {
            text.append("  \"").append(Ids.text(node.id())).append("\" [label=\"").append(Ids.text(node.id()))
                    .append("\\n").append(node.created()).append('"')
                    .append(asked.contains(node.id()) ? ", penwidth=2" : "").append("];\n");
        }
        for (Lineage.Link link : lineage.links()) {
            text.append("  \"").append(Ids.text(link.from())).append("\" -> \"").append(Ids.text(link.to()))
                    .append("\";\n");
        }
        return text.append("}\n").toString();
    }
}
