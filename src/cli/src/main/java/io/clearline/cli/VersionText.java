package io.clearline.cli;

import io.clearline.unfolding.kernel.Kernels;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: our version, the Java it runs on, and the kernel it computes with. */
public final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Clearline.class.getPackage().getImplementationVersion();
        return new String[] {
            "clearline " + (version == null ? "(not packaged)" : version),
            "java " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
            "kernel " + Kernels.best().name()
        };
    }
}
