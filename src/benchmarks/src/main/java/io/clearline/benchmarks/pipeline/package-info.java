/**
 * The whole way of the audio under load: a broker and the job in JVMs of their own, frames at their due times from here, latency against
 * the time at which each was due, and where the processor time went.
 */
package io.clearline.benchmarks.pipeline;
