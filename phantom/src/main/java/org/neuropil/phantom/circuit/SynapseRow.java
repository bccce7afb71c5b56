package org.neuropil.phantom.circuit;

import java.util.Arrays;

/// The synapses of one neuron, as they are made.
final class SynapseRow {
    /// A dendrite that belongs to no cell that is seen; it is numbered when all synapses are.
    static final long NOBODY = -1;

    int count;
    int[] pre = new int[16];
    int[] post = new int[16];
    float[] x = new float[16];
    float[] y = new float[16];
    float[] z = new float[16];
    float[] size = new float[16];
    byte[] target = new byte[16];
    byte[] label = new byte[16];
    byte[] compartment = new byte[16];
    long[] preRoot = new long[16];
    long[] postRoot = new long[16];

    void add(int from, int onto, double[] at, double cleft, byte sits, byte told, int part, long rootBefore,
            long rootBehind) {
        if (count == pre.length) {
            grow();
        }
        pre[count] = from;
        post[count] = onto;
        x[count] = (float) at[0];
        y[count] = (float) at[1];
        z[count] = (float) at[2];
        size[count] = (float) cleft;
        target[count] = sits;
        label[count] = told;
        compartment[count] = (byte) part;
        preRoot[count] = rootBefore;
        postRoot[count] = rootBehind;
        count++;
    }

    private void grow() {
        int size2 = count * 2;
        pre = Arrays.copyOf(pre, size2);
        post = Arrays.copyOf(post, size2);
        x = Arrays.copyOf(x, size2);
        y = Arrays.copyOf(y, size2);
        z = Arrays.copyOf(z, size2);
        size = Arrays.copyOf(size, size2);
        target = Arrays.copyOf(target, size2);
        label = Arrays.copyOf(label, size2);
        compartment = Arrays.copyOf(compartment, size2);
        preRoot = Arrays.copyOf(preRoot, size2);
        postRoot = Arrays.copyOf(postRoot, size2);
    }

    private static final SynapseRow EMPTY = new SynapseRow();

    /// All in one, row after row; the rows are let go one by one.
    static Synapses together(SynapseRow[] rows) {
        int all = 0;
        for (SynapseRow row : rows) {
            all = Math.addExact(all, row.count);
        }
        Synapses made = new Synapses(new int[all], new int[all], new float[all], new float[all], new float[all],
                new float[all], new byte[all], new byte[all], new byte[all], new long[all], new long[all]);
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            SynapseRow row = rows[i];
            int n = row.count;
            System.arraycopy(row.pre, 0, made.pre(), at, n);
            System.arraycopy(row.post, 0, made.post(), at, n);
            System.arraycopy(row.x, 0, made.x(), at, n);
            System.arraycopy(row.y, 0, made.y(), at, n);
            System.arraycopy(row.z, 0, made.z(), at, n);
            System.arraycopy(row.size, 0, made.size(), at, n);
            System.arraycopy(row.target, 0, made.target(), at, n);
            System.arraycopy(row.label, 0, made.label(), at, n);
            System.arraycopy(row.compartment, 0, made.compartment(), at, n);
            System.arraycopy(row.preRoot, 0, made.preRoot(), at, n);
            System.arraycopy(row.postRoot, 0, made.postRoot(), at, n);
            for (int k = at; k < at + n; k++) {
                made.postRoot()[k] = made.postRoot()[k] == NOBODY ? RootIds.dendrite(k) : made.postRoot()[k];
            }
            at += n;
            rows[i] = EMPTY;
        }
        return made;
    }
}
