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
package io.clearline.testkit;

import java.util.Set;

/**
 * The method calls that are forbidden in hot code: boxing, strings, streams, iterators, copies of arrays, and functions
 * of {@link Math} whose results may differ between machines. Class names have the form of class files. Stateless.
 */
final class ForbiddenCalls {
    private static final Set<String> BOXES = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double");

    /**
     * Methods of {@link Math} with an exactly specified result, which is the same on every machine. The specification
     * of sin, exp, pow and log allows an error of one or two ulps, so their results may differ.
     */
    private static final Set<String> EXACT_MATHS = Set.of(
            "abs",
            "addExact",
            "ceil",
            "ceilDiv",
            "clamp",
            "copySign",
            "floor",
            "floorDiv",
            "floorMod",
            "fma",
            "getExponent",
            "max",
            "min",
            "multiplyExact",
            "multiplyFull",
            "multiplyHigh",
            "nextUp",
            "rint",
            "round",
            "scalb",
            "signum",
            "sqrt",
            "subtractExact",
            "toIntExact",
            "ulp");

    private ForbiddenCalls() {}

    static boolean contain(String owner, String name, String descriptor) {
        return boxing(owner, name, descriptor)
                || owner.equals("java/lang/Math") && !EXACT_MATHS.contains(name)
                || owner.equals("java/lang/String") && !name.equals("hashCode") && !name.equals("equals")
                || owner.startsWith("java/util/stream/")
                || name.equals("iterator") && descriptor.startsWith("()Ljava/util/")
                || name.equals("stream") && descriptor.endsWith("Stream;")
                || name.equals("clone") && owner.startsWith("[")
                || owner.equals("java/util/Arrays") && name.startsWith("copyOf");
    }

    private static boolean boxing(String owner, String name, String descriptor) {
        return name.equals("valueOf") && BOXES.contains(owner) && descriptor.endsWith(")L" + owner + ";");
    }
}
