package org.neuropil.chart;

import java.util.List;
import java.util.Optional;

/// A part of a figure.
public sealed interface Panel {
    /// Above it; may be empty.
    String title();

    /// Two straight axes.
    ///
    /// @param layers from back to front
    /// @param equal whether a unit is as long on both axes: maps, projections
    record Plot(String title, Axis x, Axis y, List<Layer> layers, boolean equal) implements Panel {
        public Plot {
            layers = List.copyOf(layers);
        }

        /// With axes of their own lengths.
        public static Plot of(String title, Axis x, Axis y, List<? extends Layer> layers) {
            return new Plot(title, x, y, List.copyOf(layers), false);
        }

        /// The first of the layers' colour scales.
        Optional<Layer.Scale> scale() {
            return layers.stream().flatMap(layer -> layer.colouring().stream()).findFirst();
        }
    }

    /// Values around a circle; 0 degrees is to the right and 90 up. A value below 0 stands at the centre.
    ///
    /// @param label of the values
    /// @param unit of the values; empty if they have none
    /// @param curves closed curves and points
    /// @param marked directions in degrees that are marked with an arrow; NaN marks nothing
    /// @param circle a value that is drawn as a circle (what a blank screen gives); NaN for none
    record Polar(String title, String label, String unit, List<Curve> curves, List<Marked> marked, double circle)
            implements
                Panel {
        public Polar {
            curves = List.copyOf(curves);
            marked = List.copyOf(marked);
        }

        /// A marked direction.
        public record Marked(double degrees, String name) {}
    }

    /// A curve around the circle.
    ///
    /// @param degrees directions, ascending
    /// @param values at each
    /// @param spread to both sides of each value; NaN for none
    record Curve(String name, double[] degrees, double[] values, double[] spread, Layer.Pen pen) {}
}
