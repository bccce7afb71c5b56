package org.neuropil.physiology.plot;

import org.neuropil.chart.Axis;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.session.TraceKind;

/// Something that is measured.
///
/// @param label what it is
/// @param unit of it; empty if it has none
public record Quantity(String label, String unit) {
    /// What traces of a kind tell.
    public static Quantity of(TraceKind kind) {
        return switch (kind) {
            case DFF -> new Quantity("dF/F", "");
            case EVENTS -> new Quantity("events", "a.u.");
            case RAW, NEUROPIL, DEMIXED, CORRECTED -> new Quantity(kind.word() + " fluorescence", "a.u.");
        };
    }

    /// What a metric tells.
    public static Quantity metric(String id) {
        String name = Catalogue.find(id).map(metric -> metric.about().name()).orElse(id);
        return new Quantity(name.equals(id) ? id : name + ", " + id, switch (id) {
            case "preferred_direction", "mean_direction", "mean_orientation" -> "deg";
            case "preferred_spatial_frequency" -> "cycles/deg";
            case "preferred_response", "preferred_response_cv", "run_mod_allensdk_difference" -> "a.u.";
            default -> "";
        });
    }

    Axis axis() {
        return Axis.of(label, unit);
    }
}
