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
 * The float arithmetic of the networks, over batches of columns.
 *
 * <p>All kernels compute the same bits. Each element of a product is one chain of fused multiply-adds that starts at
 * zero and takes the summed index in ascending order, {@code acc = fma(w, x, acc)}. Blocked loops continue the
 * accumulator and never add partial sums. Values that do not depend on the input (column sums, Gram matrices,
 * reciprocals) are computed once by {@link io.clearline.inference.kernel.NetworkPlan}, which all kernels share. The
 * elementwise steps have this order of operations:
 *
 * <pre>
 *   Kullback-Leibler   v = m / max(L, 1e-9);  h = h * (u * inverse)
 *   any other beta     p = L^(beta-1);  v = m * (p / L), with L = max(L, 1e-9);  h = h * (u / max(n + mu, 1e-9))
 *   Euclidean, Gram    h = h * ((d * b) / max(g + bias, 1e-9))
 *   with memory        h = h * (n / max(g + bias, 1e-9)), where n continues the chain of d * b
 *   read-out           mask = min(s / max(all + offset, 1e-9), 1), where all continues the chain of s
 * </pre>
 *
 * <p>Local networks have elementwise steps of their own, in {@link io.clearline.inference.kernel.LocalNmfPass} and its
 * parts. All kernels share this code and differ only in the products; see
 * {@link io.clearline.inference.kernel.RowMatrix}.
 *
 * <p>A batch is {@code [batch x rows]}, so the column of a hop is contiguous for the features that write it and for the
 * code that reads its mask. A vector kernel with outputs in the lanes works on this layout directly. In measurements it
 * was faster than one with columns in the lanes at every width, and three times as fast at eight columns. Only a full
 * group of columns is faster with the columns in the lanes; see {@code VectorWideTiles}.
 */
package io.clearline.inference.kernel;
