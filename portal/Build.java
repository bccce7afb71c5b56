import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Starts `build.mjs`, after a look whether Node.js and npm are there: a machine that lacks them is told so in one
/// line. Maven runs this file as it is (`java Build.java build|test ...`); it is no part of the jar.
public class Build {

    private static final int NODE = 20;
    private static final String INSTALL = "install it (Debian 13, Ubuntu 25.04 and newer: apt-get install nodejs npm; "
            + "macOS: brew install node; Windows: winget install OpenJS.NodeJS.LTS; elsewhere: nodejs.org) and run "
            + "Maven again";

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String node = version("node");
        if (node.isEmpty()) {
            fail("Node.js " + NODE + " or newer builds the web pages and there is no 'node' on the PATH: " + INSTALL);
        }
        Matcher major = Pattern.compile("v?(\\d+)\\.").matcher(node);
        if (!major.lookingAt() || Integer.parseInt(major.group(1)) < NODE) {
            fail("Node.js " + NODE + " or newer builds the web pages and 'node' is " + node + ": " + INSTALL);
        }
        if (version(npm()).isEmpty()) {
            fail("npm, which comes with Node.js, gets the packages of the web pages and is not on the PATH: "
                    + INSTALL);
        }
        List<String> command = new ArrayList<>(List.of("node", Path.of("build.mjs").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    /// What `PROGRAM --version` prints, or nothing where it cannot be run.
    private static String version(String program) throws InterruptedException {
        try {
            Path output = Files.createTempFile("version", ".txt");
            try {
                Process process = new ProcessBuilder(program, "--version").redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
                int status = process.waitFor();
                return status == 0 ? Files.readString(output, StandardCharsets.UTF_8).strip() : "";
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return "";
        }
    }

    private static String npm() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows") ? "npm.cmd" : "npm";
    }

    private static void fail(String message) {
        System.err.println("portal: " + message);
        System.exit(1);
    }
}
