package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Part;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.session.TraceKind;

/// The traces of a `RoiResponseSeries`.
///
/// @param path of its group
/// @param kind what its traces are
/// @param data frames by ROIs, or the other way round
/// @param part what its elements are
/// @param turned true if ROIs come first
/// @param conversion what numbers are multiplied by
/// @param offset what is added then
/// @param percent whether they are divided by 100 at last
record NwbSeries(String path, TraceKind kind, Array data, Part part, boolean turned, double conversion, double offset,
        boolean percent) {
    private static final int BLOCK = 1 << 20;

    /// What the traces of a series are, by its name and that of what it lies in; empty if neither tells.
    static Optional<TraceKind> kind(String name, String container) {
        String plain = name.toLowerCase(Locale.ROOT).replace("-", "_");
        Optional<TraceKind> kind = switch (plain) {
            case "raw", "raw_fluorescence", "fluorescence", "roi_traces" -> Optional.of(TraceKind.RAW);
            case "neuropil_fluorescence", "neuropil" -> Optional.of(TraceKind.NEUROPIL);
            case "neuropil_corrected", "corrected", "corrected_fluorescence", "subtracted" ->
                Optional.of(TraceKind.CORRECTED);
            case "demixed", "demixed_fluorescence" -> Optional.of(TraceKind.DEMIXED);
            case "dff", "df_over_f", "dfoverf", "dff_traces" -> Optional.of(TraceKind.DFF);
            case "events", "deconvolved", "event_detection", "inferred_events", "spikes" ->
                Optional.of(TraceKind.EVENTS);
            default -> Optional.empty();
        };
        return kind.or(() -> switch (container.toLowerCase(Locale.ROOT)) {
            case "fluorescence" -> Optional.of(TraceKind.RAW);
            case "neuropil" -> Optional.of(TraceKind.NEUROPIL);
            case "dfoverf", "df_over_f" -> Optional.of(TraceKind.DFF);
            case "deconvolved", "event_detection", "activity" -> Optional.of(TraceKind.EVENTS);
            default -> Optional.empty();
        });
    }

    int rois() {
        return data.shape().length == 1 ? 1 : data.shape()[turned ? 0 : 1];
    }

    int frames() {
        return data.shape()[turned ? 1 : 0];
    }

    /// Rows of some ROIs.
    float[][] read(Chunks chunks, int first, int count) throws IOException {
        int frames = frames();
        float[][] rows = new float[count][frames];
        if (count == 0 || frames == 0) {
            return rows;
        }
        // As many frames at once as whole chunks hold, about a million numbers.
        int along = data.chunk()[turned ? 1 : 0];
        int block = (int) Math.max(1, BLOCK / Math.max(1, (long) count * along)) * along;
        for (int from = 0; from < frames; from += block) {
            int n = Math.min(block, frames - from);
            double[] values = Slab.doubles(chunks, data, part, corner(first, from), corner(count, n));
            for (int roi = 0; roi < count; roi++) {
                for (int i = 0; i < n; i++) {
                    rows[roi][from + i] = value(values[turned ? roi * n + i : i * count + roi]);
                }
            }
            if (frames - from <= block) {
                break;
            }
        }
        return rows;
    }

    private int[] corner(int roi, int frame) {
        if (data.shape().length == 1) {
            return new int[]{frame};
        }
        return turned ? new int[]{roi, frame} : new int[]{frame, roi};
    }

    private float value(double stored) {
        // What need not be changed keeps its bits, those of -0 too.
        double value = conversion == 1 && offset == 0 ? stored : stored * conversion + offset;
        return (float) (percent ? value / 100 : value);
    }
}
