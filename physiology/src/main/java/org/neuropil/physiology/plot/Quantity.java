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
        return new Quantity(name.equals(id) ? id : id + ", " + name, unit(id));
    }

    private static String unit(String id) {
        return switch (id) {
            case "preferred_direction", "mean_preferred_direction", "mean_preferred_orientation",
                    "preferred_direction_fit" ->
                "deg";
            case "preferred_spatial_frequency" -> "cpd";
            case "preferred_response", "preferred_response_cv", "run_mod_allensdk_difference", "epoch_mean",
                    "epoch_deviation" ->
                "a.u.";
            default -> !id.startsWith("rf_")
                    ? ""
                    : id.endsWith("_area")
                            ? "deg²"
                            : id.endsWith("_azimuth") || id.endsWith("_elevation") || id.endsWith("_distance")
                                    ? "deg"
                                    : "";
        };
    }

    Axis axis() {
        return Axis.of(label, unit);
    }
}
