package org.neuropil.coregister;

import org.neuropil.space.InputException;

/// The two spaces that a coregistration joins.
public enum Space {
    /// The stack that cells were imaged in while the animal saw.
    TWO_PHOTON("two_photon"),
    /// The volume of electron microscopy.
    EM("em");

    private final String word;

    Space(String word) {
        this.word = word;
    }

    /// Reads `em` or `two-photon`.
    ///
    /// @param field name of the option or field, for the error
    /// @throws InputException if it is neither
    public static Space parse(String text, String field) {
        return switch (text) {
            case "em" -> EM;
            case "two-photon", "two_photon" -> TWO_PHOTON;
            default -> throw new InputException("'" + CsvText.shown(text) + "' is not one of em, two-photon", field,
                    "");
        };
    }

    /// As it is written in files: `two_photon`, `em`.
    public String word() {
        return word;
    }

    /// The other one.
    public Space other() {
        return this == EM ? TWO_PHOTON : EM;
    }
}
