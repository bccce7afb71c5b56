package org.neuropil.circuits.graph;

/// The sixteen ways in which three vertices can be connected, named by the numbers of their mutual, asymmetric and null pairs
/// and, where these do not tell, by a letter: down, up, cyclic or transitive (Holland and Leinhardt 1970). The thirteen that
/// are connected come after the first three.
public enum Triad {
    /// No edge.
    T003("003"),
    /// One edge.
    T012("012"),
    /// One mutual pair.
    T102("102"),
    /// Two edges from one vertex.
    T021D("021D"),
    /// Two edges to one vertex.
    T021U("021U"),
    /// A chain of two edges.
    T021C("021C"),
    /// A mutual pair, and an edge to one of it.
    T111D("111D"),
    /// A mutual pair, and an edge from one of it.
    T111U("111U"),
    /// A chain and its short cut: feed-forward.
    T030T("030T"),
    /// A cycle.
    T030C("030C"),
    /// Two mutual pairs.
    T201("201"),
    /// A mutual pair, and edges from the third to both.
    T120D("120D"),
    /// A mutual pair, and edges from both to the third.
    T120U("120U"),
    /// A mutual pair, and a chain through the third.
    T120C("120C"),
    /// Two mutual pairs and an edge.
    T210("210"),
    /// Three mutual pairs.
    T300("300");

    /// Triad of each code: bits 0 and 1 are the edges a to b and back, 2 and 3 a to c and back, 4 and 5 b to c and back.
    private static final Triad[] OF_CODE = new Triad[64];

    static {
        for (int code = 0; code < OF_CODE.length; code++) {
            OF_CODE[code] = classified(code);
        }
    }

    private final String label;

    Triad(String label) {
        this.label = label;
    }

    /// Its name in the literature.
    public String label() {
        return label;
    }

    /// Whether its three vertices hang together.
    public boolean isConnected() {
        return compareTo(T102) > 0;
    }

    /// @param code of the three pairs, two bits each
    static Triad ofCode(int code) {
        return OF_CODE[code];
    }

    private static Triad classified(int code) {
        int[] out = new int[3];
        int[] in = new int[3];
        int mutual = 0;
        int asymmetric = 0;
        // The vertex that is in no mutual pair, if there is one such pair.
        int third = -1;
        int[][] pairs = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};
        for (int i = 0; i < pairs.length; i++) {
            int kind = code >> 2 * i & 3;
            if (kind == 3) {
                mutual++;
                third = pairs[i][2];
            } else if (kind != 0) {
                asymmetric++;
                out[pairs[i][kind == 1 ? 0 : 1]]++;
                in[pairs[i][kind == 1 ? 1 : 0]]++;
            }
        }
        int most = Math.max(out[0], Math.max(out[1], out[2]));
        int mostIn = Math.max(in[0], Math.max(in[1], in[2]));
        return switch (10 * mutual + asymmetric) {
            case 0 -> T003;
            case 1 -> T012;
            case 10 -> T102;
            case 2 -> most == 2 ? T021D : mostIn == 2 ? T021U : T021C;
            case 11 -> out[third] == 1 ? T111D : T111U;
            case 3 -> most == 2 ? T030T : T030C;
            case 20 -> T201;
            case 12 -> out[third] == 2 ? T120D : in[third] == 2 ? T120U : T120C;
            case 21 -> T210;
            default -> T300;
        };
    }
}
