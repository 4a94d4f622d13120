package io.clearline.benchmarks;

import io.clearline.unfolding.kernel.ForwardPass;
import io.clearline.unfolding.kernel.Kernels;
import io.clearline.unfolding.network.DeepNmfParameters;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * GFLOP/s of the kernels and of EJML on the paper's topology, beside the peak that the same core reaches in the same minute.
 * A program, and quick: for confidence intervals there is {@link KernelBenchmark}.
 */
public final class KernelTable {

    private static final int[] BATCHES = {1, 8, 16, 32};

    private KernelTable() {}

    /** Arguments: seconds for each row, 2 when there is none. */
    public static void main(String[] args) {
        print(System.out, args.length == 0 ? 2 : Double.parseDouble(args[0]));
    }

    static void print(PrintStream out, double seconds) {
        out.printf("Java %s, KL, F*T = %d, R = %d, K = %d%n", Runtime.version(), PaperNetwork.INPUT_ROWS, 200, 25);
        out.printf("%-8s %5s %9s %9s %6s %8s%n", "kernel", "batch", "GFLOP/s", "peak", "ratio", "hops/s");
        DeepNmfParameters network = PaperNetwork.of(1);
        for (int batch : BATCHES) {
            row(out, "vector", batch, network, kernel("vector", network, batch), seconds);
            row(out, "scalar", batch, network, kernel("scalar", network, batch), seconds);
            row(out, "ejml", batch, network, ejml(network, batch), seconds);
        }
    }

    private static void row(
            PrintStream out, String name, int batch, DeepNmfParameters network, Runnable body, double seconds) {
        double hopsPerSecond = batch / medianSeconds(body, seconds);
        double gigaflops = 2e-9 * network.multiplyAddsPerHop() * hopsPerSecond;
        double peak = PeakArithmetic.gigaflops();
        out.printf("%-8s %5d %9.1f %9.1f %6.2f %8.0f%n", name, batch, gigaflops, peak, gigaflops / peak, hopsPerSecond);
    }

    private static Runnable kernel(String name, DeepNmfParameters network, int batch) {
        ForwardPass pass = Kernels.choose(name).prepare(network, batch);
        float[] input = PaperNetwork.uniform(new SplittableRandom(2), network.inputRows() * batch);
        float[] masks = new float[network.bins() * batch];
        return () -> pass.run(input, masks, batch);
    }

    /** The layers as two products of EJML and the elementwise steps between; the read-out is left out. */
    private static Runnable ejml(DeepNmfParameters network, int batch) {
        FMatrixRMaj w = new FMatrixRMaj(
                network.inputRows(),
                network.atoms(),
                true,
                network.slots().get(0).weights());
        FMatrixRMaj m = new FMatrixRMaj(network.inputRows(), batch);
        Arrays.fill(m.data, 0.5f);
        FMatrixRMaj model = new FMatrixRMaj(network.inputRows(), batch);
        FMatrixRMaj h = new FMatrixRMaj(network.atoms(), batch);
        FMatrixRMaj u = new FMatrixRMaj(network.atoms(), batch);
        return () -> {
            Arrays.fill(h.data, 1);
            for (int k = 0; k < network.iterations(); k++) {
                CommonOps_FDRM.mult(w, h, model);
                for (int i = 0; i < model.data.length; i++) {
                    model.data[i] = m.data[i] / Math.max(model.data[i], 1e-9f);
                }
                CommonOps_FDRM.multTransA(w, model, u);
                for (int i = 0; i < h.data.length; i++) {
                    h.data[i] = h.data[i] * u.data[i] * 1e-3f;
                }
            }
        };
    }

    /** The first half warms up, the second counts. */
    private static double medianSeconds(Runnable body, double seconds) {
        long half = System.nanoTime() + (long) (seconds * 5e8);
        while (System.nanoTime() < half) {
            body.run();
        }
        double[] times = new double[15];
        long each = Math.max(1, (long) (seconds * 5e8 / times.length));
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            int runs = 0;
            do {
                body.run();
                runs++;
            } while (System.nanoTime() - start < each);
            times[i] = (System.nanoTime() - start) * 1e-9 / runs;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
