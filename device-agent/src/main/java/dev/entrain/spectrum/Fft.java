package dev.entrain.spectrum;

/** A discrete Fourier transform of a fixed power of two, in place (Cooley and Tukey, 1965). Immutable and thread-safe. */
public final class Fft {
    private final int size;
    private final double[] cos;
    private final double[] sin;

    /**
     * Prepares the transform.
     *
     * @param least smallest size wanted; the next power of two is taken, at least 2
     */
    public Fft(int least) {
        size = Math.max(2, Integer.highestOneBit(Math.max(1, least - 1)) << 1);
        cos = new double[size / 2];
        sin = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / size);
            sin[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    /** Returns the length of the arrays it takes. */
    public int size() {
        return size;
    }

    /** Transforms in place. */
    public void forward(double[] re, double[] im) {
        transform(re, im, -1);
    }

    /** Transforms back in place, divided by the size, so that both ways together change nothing. */
    public void inverse(double[] re, double[] im) {
        transform(re, im, 1);
        for (int i = 0; i < size; i++) {
            re[i] /= size;
            im[i] /= size;
        }
    }

    private void transform(double[] re, double[] im, int sign) {
        int shift = 32 - Integer.numberOfTrailingZeros(size);
        for (int i = 0; i < size; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int half = 1; half < size; half *= 2) {
            int step = size / (2 * half);
            for (int from = 0; from < size; from += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double c = cos[k * step];
                    double s = sign * sin[k * step];
                    int a = from + k;
                    int b = a + half;
                    double x = re[b] * c - im[b] * s;
                    double y = re[b] * s + im[b] * c;
                    re[b] = re[a] - x;
                    im[b] = im[a] - y;
                    re[a] += x;
                    im[a] += y;
                }
            }
        }
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }
}
