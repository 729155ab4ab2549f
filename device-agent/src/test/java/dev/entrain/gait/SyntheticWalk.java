package dev.entrain.gait;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A walk made of one pitch-rate curve and one way of the foot, with the contacts known exactly. The walker stands, walks
 * {@code strides} strides with each foot, the right half a stride after the left, and stands again.
 *
 * <p>A stride begins at its push-off: {@value #PUSH} of it heel off the ground, {@value #SWING} in the air, then the
 * forefoot comes down and the foot rests.
 */
public final class SyntheticWalk {
    public static final double PUSH = 0.28;
    public static final double SWING = 0.38;
    public static final double LAND = 0.09;
    public static final double STAND_S = 3.0;

    public double rateHz = 100;
    public int strides = 20;
    public double strideS = 1.1;
    public double jitterS;
    public double lengthM = 1.2;
    public double swingPeakRadps = 6;
    public double pushShare = 0.75;
    public double clipRadps = Double.POSITIVE_INFINITY;
    public double noiseRadps = 0.01;
    public double biasRadps;
    public double slowFactor = 1;
    public boolean gravity = true;
    public double lostShare;
    public long originNs = 5_000_000_000L;
    public long rotationSeed;
    public long seed = 1;

    /** Initial and final contacts by foot, s after the origin. */
    public final List<List<Double>> contacts = List.of(new ArrayList<>(), new ArrayList<>());

    public final List<List<Double>> leaves = List.of(new ArrayList<>(), new ArrayList<>());

    /** Makes the samples of both feet in time order and fills the truth. */
    public List<ImuSample> samples() {
        List<ImuSample> all = new ArrayList<>();
        for (Foot foot : Foot.values()) {
            addFoot(foot, all);
        }
        all.sort(Comparator.comparingLong((ImuSample s) -> s.timeNs));
        return all;
    }

    public double endS() {
        return STAND_S + strides * strideS * Math.max(1, slowFactor) * 1.2 + STAND_S;
    }

    private void addFoot(Foot foot, List<ImuSample> all) {
        int f = foot.ordinal();
        contacts.get(f).clear();
        leaves.get(f).clear();
        Random random = new Random(seed * 31 + f);
        double[] startS = new double[strides + 1];
        double[] spanS = new double[strides];
        startS[0] = STAND_S + f * strideS / 2;
        for (int i = 0; i < strides; i++) {
            spanS[i] = strideS * (i < strides / 2 ? 1 : slowFactor) + jitterS * random.nextGaussian();
            startS[i + 1] = startS[i] + spanS[i];
            leaves.get(f).add(startS[i] + PUSH * spanS[i]);
            contacts.get(f).add(startS[i] + (PUSH + SWING) * spanS[i]);
        }
        double[][] turn = rotation(rotationSeed * 2 + f);
        double pitch = 0;
        int stride = 0;
        int skip = 0;
        double dt = 1 / rateHz;
        int rows = (int) (endS() * rateHz);
        for (int row = 0; row < rows; row++) {
            double t = row * dt;
            while (stride < strides - 1 && t >= startS[stride + 1]) {
                stride++;
            }
            double rate = 0;
            double forward = 0;
            if (t >= startS[stride] && t < startS[stride + 1]) {
                double u = (t - startS[stride]) / spanS[stride];
                rate = pitchRate(u) * swingPeakRadps * strideS / spanS[stride];
                forward = acceleration(u) * lengthM / (spanS[stride] * spanS[stride]);
            }
            pitch += rate * dt;
            // Pitch up (toes up) is positive; x forward, y to the left, z up: toes up turns about -y.
            double up = gravity ? 9.81 : 0;
            double ax = forward * Math.cos(pitch) + up * Math.sin(pitch);
            double az = -forward * Math.sin(pitch) + up * Math.cos(pitch);
            double wobble = 0.25 * rate;
            ImuSample sample = new ImuSample();
            sample.foot = foot;
            sample.seq = row;
            sample.timeNs = originNs + Math.round(t * 1e9);
            sample.axMps2 = turn[0][0] * ax + turn[0][2] * az;
            sample.ayMps2 = turn[1][0] * ax + turn[1][2] * az;
            sample.azMps2 = turn[2][0] * ax + turn[2][2] * az;
            double gy = -rate + noiseRadps * random.nextGaussian();
            double gx = (lengthKnown() ? 0 : wobble) + noiseRadps * random.nextGaussian();
            double gz = noiseRadps * random.nextGaussian();
            sample.gxRadps = clip(turn[0][0] * gx + turn[0][1] * gy + turn[0][2] * gz + biasRadps);
            sample.gyRadps = clip(turn[1][0] * gx + turn[1][1] * gy + turn[1][2] * gz - biasRadps);
            sample.gzRadps = clip(turn[2][0] * gx + turn[2][1] * gy + turn[2][2] * gz + biasRadps);
            if (skip > 0) {
                skip--;
            } else if (random.nextDouble() < lostShare / 3) {
                skip = random.nextInt(5);
            } else {
                all.add(sample);
            }
        }
    }

    /** With one axis of rotation only, the foot's way can be integrated exactly. */
    private boolean lengthKnown() {
        return noiseRadps == 0;
    }

    private double clip(double rate) {
        return Math.max(-clipRadps, Math.min(clipRadps, rate));
    }

    /** Pitch rate relative to the swing's peak at fraction {@code u} of a stride; its integral over a stride is zero. */
    private double pitchRate(double u) {
        double swingArea = SWING * 2 / Math.PI;
        if (u < PUSH) {
            // A ramp up to the push-off peak at 85 % of the lobe and steeply back.
            double s = u / PUSH;
            double area = PUSH / 2;
            return -pushShare * swingArea / area * (s < 0.85 ? s / 0.85 : (1 - s) / 0.15);
        }
        if (u < PUSH + SWING) {
            return Math.sin(Math.PI * (u - PUSH) / SWING);
        }
        if (u < PUSH + SWING + LAND) {
            double area = LAND * 2 / Math.PI;
            return -(1 - pushShare) * swingArea / area * Math.sin(Math.PI * (u - PUSH - SWING) / LAND);
        }
        return 0;
    }

    /** Second derivative of a minimum-jerk way of length 1 that lasts from push-off to landing. */
    private static double acceleration(double u) {
        double from = 0.8 * PUSH;
        double span = PUSH + SWING - from;
        double s = (u - from) / span;
        return s <= 0 || s >= 1 ? 0 : (60 * s - 180 * s * s + 120 * s * s * s) / (span * span);
    }

    /** Returns a random rotation matrix; the identity for seeds 0 and 1. */
    public static double[][] rotation(long seed) {
        if (seed <= 1) {
            return new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        }
        Random random = new Random(seed);
        double w = random.nextGaussian();
        double x = random.nextGaussian();
        double y = random.nextGaussian();
        double z = random.nextGaussian();
        double k = 1 / Math.sqrt(w * w + x * x + y * y + z * z);
        w *= k;
        x *= k;
        y *= k;
        z *= k;
        return new double[][] {
            {1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)},
            {2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)},
            {2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}
        };
    }
}
