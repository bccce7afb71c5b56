package org.neuropil.physiology.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.physiology.session.Signal;

/// `session.json`: what a session is, and which files hold its traces.
///
/// @param format 1
/// @param name of the session
/// @param subject the animal's id; may be empty
/// @param layout of what it was made from
/// @param properties what else was said of it
/// @param notes what was left out or guessed as it was read
/// @param keys how ROIs are told from each other: `column`, `scan`, `mask`, `recorded`; empty if there is no ROI
/// @param planes how many
/// @param rois how many in all planes
/// @param signals name and unit of each
/// @param traces by kind: the files, in order of planes and ROIs
/// @param masks the files of masks; planes without masks have none
record SessionManifest(int format, String name, String subject, String layout, Map<String, String> properties,
        List<String> notes, String keys, int planes, int rois, List<Measured> signals, Map<String, List<Part>> traces,
        List<Part> masks) {
    /// Name of the file.
    static final String FILE = "session.json";
    static final int FORMAT = 1;

    SessionManifest {
        properties = new TreeMap<>(properties);
        notes = List.copyOf(notes);
        signals = List.copyOf(signals);
        traces = new TreeMap<>(traces);
        masks = List.copyOf(masks);
    }

    /// A signal without its values.
    record Measured(String name, String unit) {
        static Measured of(Signal signal) {
            return new Measured(signal.name(), signal.unit());
        }
    }

    /// A file that holds some ROIs of a plane.
    ///
    /// @param file in the session's folder
    /// @param plane number of the plane
    /// @param first place of the first ROI in the plane's list
    /// @param count how many
    record Part(String file, int plane, int first, int count) {}
}
