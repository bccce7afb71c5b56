package org.neuropil.coregister;

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

    /// As it is written in files: `two_photon`, `em`.
    public String word() {
        return word;
    }

    /// The other one.
    public Space other() {
        return this == EM ? TWO_PHOTON : EM;
    }
}
