package org.neuropil.physiology.session;

import java.util.List;
import java.util.Map;

/// What a session is, and where it came from.
///
/// @param name of the session, unique in a folder of sessions, fit for a file's name
/// @param subject the animal's id; empty if it is not known
/// @param layout how its file is laid out: `nwb-v1dd`, `nwb-microns`, `nwb`, `matlab`, `csv`, `neuropil`
/// @param source the file or folder that it was read from
/// @param properties what else its file says of it, by name
/// @param notes what the reader left out or guessed, in sentences
public record SessionInfo(String name, String subject, String layout, String source, Map<String, String> properties,
        List<String> notes) {
    public SessionInfo {
        properties = Map.copyOf(properties);
        notes = List.copyOf(notes);
    }
}
