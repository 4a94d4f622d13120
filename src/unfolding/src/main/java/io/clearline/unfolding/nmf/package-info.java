/** Unfoldings of non-negative matrix factorisation, in double precision: {@link io.clearline.unfolding.nmf.DeepNmf} and its parts. */
package io.clearline.unfolding.nmf;
