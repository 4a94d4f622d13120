package io.clearline.job.record;

/** A Kafka record as it lay in the topic, with its place there. */
public final class RawRecord {
    public String topic = "";
    public int partition;
    public long offset;
    /** May be null. */
    public byte[] key;
    /** May be null. */
    public byte[] value;

    /** Fills every field. */
    public void set(String topic, int partition, long offset, byte[] key, byte[] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.key = key;
        this.value = value;
    }
}
