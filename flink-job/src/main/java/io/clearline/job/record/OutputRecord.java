package io.clearline.job.record;

/** An encoded record on its way to a topic. One kind for all topics, so that one producer carries them. */
public final class OutputRecord {
    public String topic = "";
    public byte[] key = new byte[0];
    public byte[] value = new byte[0];

    public OutputRecord() {}

    public OutputRecord(String topic, byte[] key, byte[] value) {
        this.topic = topic;
        this.key = key;
        this.value = value;
    }
}
