/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
/**
 * The arithmetic of the networks in float, over batches of independent columns.
 *
 * <p>Every kernel computes the same bits. For each element of a product there is one chain of fused multiply-adds that
 * starts at zero and runs over the summed index upwards, {@code acc = fma(w, x, acc)}; blocking carries the accumulator
 * on, it never adds partial sums. What does not depend on the input (column sums, Gram matrices, reciprocals) is
 * computed once, by {@link io.clearline.inference.kernel.NetworkPlan}, which all kernels share. The elementwise steps
 * are, in this order:
 *
 * <pre>
 *   Kullback-Leibler   v = m / max(L, 1e-9);  h = h * (u * inverse)
 *   any other beta     p = L^(beta-1);  v = m * (p / L), with L = max(L, 1e-9);  h = h * (u / max(n + mu, 1e-9))
 *   Euclidean, Gram    h = h * ((d * b) / max(g + bias, 1e-9))
 *   read-out           mask = min(s / max(all + offset, 1e-9), 1), where all continues the chain of s
 * </pre>
 *
 * <p>A local network's elementwise steps stand in {@link io.clearline.inference.kernel.LocalNmfPass} and its parts,
 * which all kernels run alike: only the products differ, see {@link io.clearline.inference.kernel.RowMatrix}.
 *
 * <p>A batch is {@code [batch x rows]}, so that a hop's column is contiguous: the features write it and the mask is
 * read in one run, and the vector kernel lays outputs, not columns, in its lanes. Measured against the batch in the
 * lanes that was faster at every width, and by three times at eight columns.
 */
package io.clearline.inference.kernel;
