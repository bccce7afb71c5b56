package org.neuropil.physiology.movie;

/// The discrete Fourier transform of traces of any length (Bluestein's algorithm over powers of two).
final class Fourier {
    private Fourier() {}

    /// |X_k|² for k = 0 to half the length, rounded down, with X_k = Σ x_t e^{−2πi k t / n}.
    static double[] power(double[] trace) {
        int n = trace.length;
        int size = Integer.highestOneBit(Math.max(1, 2 * n - 1)) << 1;
        double[] cos = new double[n];
        double[] sin = new double[n];
        for (int t = 0; t < n; t++) {
            // Of t² only what is left of whole turns matters, and it is exact.
            double angle = Math.PI * ((long) t * t % (2L * n)) / n;
            cos[t] = StrictMath.cos(angle);
            sin[t] = StrictMath.sin(angle);
        }
        double[] real = new double[size];
        double[] imaginary = new double[size];
        double[] chirp = new double[size];
        double[] quarter = new double[size];
        for (int t = 0; t < n; t++) {
            real[t] = trace[t] * cos[t];
            imaginary[t] = -trace[t] * sin[t];
            chirp[t] = cos[t];
            quarter[t] = sin[t];
            if (t > 0) {
                chirp[size - t] = cos[t];
                quarter[size - t] = sin[t];
            }
        }
        transform(real, imaginary);
        transform(chirp, quarter);
        for (int i = 0; i < size; i++) {
            double product = real[i] * chirp[i] - imaginary[i] * quarter[i];
            // The inverse transform is that of the conjugate, conjugated; the power does not see the latter.
            imaginary[i] = -(real[i] * quarter[i] + imaginary[i] * chirp[i]);
            real[i] = product;
        }
        transform(real, imaginary);
        double[] power = new double[n / 2 + 1];
        for (int k = 0; k < power.length && k < n; k++) {
            power[k] = (real[k] * real[k] + imaginary[k] * imaginary[k]) / ((double) size * size);
        }
        return power;
    }

    /// In place; the length is a power of two.
    private static void transform(double[] real, double[] imaginary) {
        int size = real.length;
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double swap = real[i];
                real[i] = real[j];
                real[j] = swap;
                swap = imaginary[i];
                imaginary[i] = imaginary[j];
                imaginary[j] = swap;
            }
        }
        double[] cos = new double[size / 2 + 1];
        double[] sin = new double[size / 2 + 1];
        for (int i = 0; i < size / 2; i++) {
            cos[i] = StrictMath.cos(2 * Math.PI * i / size);
            sin[i] = -StrictMath.sin(2 * Math.PI * i / size);
        }
        for (int half = 1; half < size; half *= 2) {
            int stride = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int i = 0; i < half; i++) {
                    int low = start + i;
                    int high = low + half;
                    double c = cos[i * stride];
                    double s = sin[i * stride];
                    double re = real[high] * c - imaginary[high] * s;
                    double im = real[high] * s + imaginary[high] * c;
                    real[high] = real[low] - re;
                    imaginary[high] = imaginary[low] - im;
                    real[low] += re;
                    imaginary[low] += im;
                }
            }
        }
    }
}
