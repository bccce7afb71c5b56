package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.file.SessionFolder.Found;
import org.neuropil.physiology.file.SessionFolder.Listing;
import org.neuropil.physiology.file.SessionFolder.Skipped;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `neuropil sessions list`.
@Command(name = "list", header = "Lists the sessions in a folder and in those in it, and what is skipped.", description = {
    "",
    "Nothing is dropped without a word: files that are damaged, of other kinds, or sessions that are there twice are "
            + "listed with the reason. Exits with 1 if what is meant to be a session cannot be read."}, footer = {
                "  neuropil sessions list recordings/", "  neuropil sessions list recordings/ --format csv"})
final class SessionsListVerb extends Verb {
    @Parameters(arity = "1", paramLabel = "FOLDER", description = "Folder of sessions, or one session.")
    private Path given = Path.of("");

    @Mixin
    private MissingChunksOption gaps = new MissingChunksOption();

    @Override
    Path folder() {
        return folder(given);
    }

    @Override
    void run() throws IOException {
        Listing listing = SessionFolder.scan(folder(), gaps.of(this));
        switch (common().format()) {
            case text -> {
                print(table(listing.sessions()), List.of());
                if (!listing.skipped().isEmpty()) {
                    out().println();
                    Table skipped = new Table("skipped", "why");
                    listing.skipped().forEach(one -> skipped.add(shown(one.path()), one.why()));
                    print(skipped, List.of());
                }
            }
            default -> {
                Table all = new Table("path", "session", "layout", "storage", "planes", "rois", "frames", "minutes",
                        "kinds", "stimuli", "skipped");
                listing.sessions().forEach(one -> all.add(shown(one.path()), one.name(), one.layout(), one.storage(),
                        one.planes(), one.rois(), one.frames(), one.minutes(), words(one.kinds()),
                        String.join(" ", one.stimuli()), ""));
                listing.skipped().forEach(one -> all.add(shown(one.path()), "", "", "", null, null, null, null, "", "",
                        one.why()));
                print(all, json(listing));
            }
        }
        if (listing.sessions().isEmpty()) {
            throw new InputException("holds no session that can be read", folder().toString(),
                    listing.skipped().isEmpty() ? "" : "what is skipped is listed with the reason");
        }
        if (!listing.damaged().isEmpty()) {
            throw new InputException(listing.damaged().size() + " of "
                    + (listing.damaged().size() + listing.sessions().size())
                    + " sessions cannot be read, the first being " + shown(listing.damaged().getFirst().path()),
                    folder().toString(), "");
        }
    }

    private String shown(Path path) {
        return path.equals(folder()) ? path.toString() : folder().relativize(path).toString();
    }

    private static Table table(List<Found> sessions) {
        Table table = new Table("session", "layout", "storage", "planes", "ROIs", "frames", "minutes", "kinds",
                "stimuli");
        for (Found one : sessions) {
            table.add(one.name(), one.layout(), one.storage(), one.planes(), one.rois(), one.frames(),
                    Math.round(one.minutes() * 10) / 10.0, words(one.kinds()), String.join(" ", one.stimuli()));
        }
        return table;
    }

    static String words(Set<TraceKind> kinds) {
        return kinds.stream().sorted().map(TraceKind::word).collect(Collectors.joining(" "));
    }

    private Map<String, Object> json(Listing listing) {
        List<Map<String, @Nullable Object>> sessions = new ArrayList<>();
        for (Found one : listing.sessions()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("session", one.name());
            row.put("path", shown(one.path()));
            row.put("subject", one.subject());
            row.put("layout", one.layout());
            row.put("storage", one.storage());
            row.put("planes", one.planes());
            row.put("rois", one.rois());
            row.put("frames", one.frames());
            row.put("minutes", one.minutes());
            row.put("kinds", one.kinds().stream().sorted().map(TraceKind::word).toList());
            row.put("stimuli", one.stimuli());
            row.put("notes", one.notes());
            sessions.add(row);
        }
        List<Map<String, Object>> skipped = new ArrayList<>();
        for (Skipped one : listing.skipped()) {
            skipped.add(Map.of("path", shown(one.path()), "why", one.why(), "damaged", one.damaged()));
        }
        return Map.of("sessions", sessions, "skipped", skipped);
    }
}
