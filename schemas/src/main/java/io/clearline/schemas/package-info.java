/**
 * What travels through the topics: the records (generated from {@code src/main/avro}), their limits and the codec.
 *
 * <p>Encode and decode with {@link io.clearline.schemas.WireCodec} only. Avro loads no class by name unless the whole JVM is told to trust it,
 * so what the generated records offer beside it does not work here: {@code fromByteBuffer}, {@code newBuilder(other)} and Java serialization.
 *
 * <p>To change a record: change its {@code .avsc}, and add the whole schema as the next version to {@code history/<Record>/}. A version that was
 * released stays as it is.
 */
package io.clearline.schemas;
