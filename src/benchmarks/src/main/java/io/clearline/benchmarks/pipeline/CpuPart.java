package io.clearline.benchmarks.pipeline;

/** Where processor time goes. */
public enum CpuPart {
    /** The forward pass of the network. */
    KERNEL("kernel"),
    /** Analysis, features, mask, synthesis. */
    STFT("stft"),
    /** The rest of the job's own code: codec, order of frames, state, output records. */
    JOB("job"),
    /** Flink: exchange between tasks, mailboxes, state backend, coordination. */
    FLINK("flink"),
    /** Kafka's consumer and producer inside the job. */
    KAFKA_CLIENT("kafkaClient"),
    /** The job's JVM itself: garbage collector, compiler. */
    JVM("jvm"),
    /** Kafka's broker, a process of its own. */
    BROKER("broker"),
    /** Load generator and listener: this process. */
    GENERATOR("generator");

    private final String label;

    CpuPart(String label) {
        this.label = label;
    }

    /** As reports call it. */
    public String label() {
        return label;
    }
}
