package org.neuropil.pipeline;

/// Which software this is; stands in every provenance.
public final class Software {
    /// Name and version, as in `Neuropil 0.1.0`; the version is that of the jar, `development` outside one.
    public static final String NAME = "Neuropil " + version();

    private Software() {}

    private static String version() {
        String version = Software.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
