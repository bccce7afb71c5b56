package org.neuropil.chart;

import java.util.List;

/// A drawing.
///
/// @param marks from back to front
public record Scene(double width, double height, String title, String description, List<Mark> marks) {
    public Scene {
        marks = List.copyOf(marks);
    }
}
